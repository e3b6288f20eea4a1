package dev.reeve.policy;

import dev.reeve.base.Check;
import dev.reeve.base.Problem;
import java.time.Duration;
import java.util.List;

/// The answer of a policy to one request.
///
/// @param decision the answer
/// @param reason words for people; empty when the decision permits
/// @param ruleId the rule that decided; empty when none matched
/// @param snapshot id of the policy; empty when there is none
/// @param code which part of the policy decided
/// @param constraints limits of a job that may run, now or after an approval
/// @param remediations what to ask for instead
/// @param velocity counts on which the decision rests, in the order they were asked
public record PolicyDecision(
    Decision decision,
    String reason,
    String ruleId,
    String snapshot,
    ReasonCode code,
    Constraints constraints,
    List<Remediation> remediations,
    List<VelocityCheck> velocity) {
  /// The answer where no policy is loaded.
  public static final PolicyDecision NO_POLICY =
      new PolicyDecision(Decision.DENY, "no policy is loaded", "", "")
          .withCode(ReasonCode.NO_POLICY);

  private static final Duration THROTTLE_RETRY = Duration.ofSeconds(30);

  public PolicyDecision {
    Check.argument(
        !decision.permits() || reason.isEmpty(), "reason: %s (expected: none with allow)", reason);
    remediations = List.copyOf(remediations);
    velocity = List.copyOf(velocity);
  }

  /// A decision by a rule, or by the default when there is no rule.
  public PolicyDecision(Decision decision, String reason, String ruleId, String snapshot) {
    this(
        decision,
        reason,
        ruleId,
        snapshot,
        ruleId.isEmpty() ? ReasonCode.NO_RULE_MATCHED : ReasonCode.RULE_MATCHED,
        Constraints.NONE,
        List.of(),
        List.of());
  }

  /// Whether a person must approve. Never true of a deny, which no approval can lift.
  public boolean approvalRequired() {
    return decision == Decision.REQUIRE_APPROVAL;
  }

  /// The refusal that a caller is told when the decision is [Decision#DENY].
  public Problem toDenial() {
    Check.state(decision == Decision.DENY, "decision: %s (expected: deny)", decision);
    return PolicyProblems.POLICY_DENIED
        .because(reason)
        .with("rule_id", ruleId)
        .with("policy_snapshot", snapshot);
  }

  /// The refusal that a caller is told when the decision is [Decision#THROTTLE].
  public Problem toThrottle() {
    Check.state(decision == Decision.THROTTLE, "decision: %s (expected: throttle)", decision);
    return PolicyProblems.POLICY_THROTTLED
        .because(reason)
        .with("rule_id", ruleId)
        .with("policy_snapshot", snapshot)
        .withRetryAfter(THROTTLE_RETRY);
  }

  PolicyDecision withCode(ReasonCode newCode) {
    return new PolicyDecision(
        decision, reason, ruleId, snapshot, newCode, constraints, remediations, velocity);
  }

  PolicyDecision as(Decision other) {
    return new PolicyDecision(
        other, reason, ruleId, snapshot, code, constraints, remediations, velocity);
  }

  PolicyDecision with(Constraints limits, List<Remediation> instead) {
    return new PolicyDecision(decision, reason, ruleId, snapshot, code, limits, instead, velocity);
  }

  PolicyDecision withVelocity(List<VelocityCheck> checks) {
    return checks.isEmpty()
        ? this
        : new PolicyDecision(
            decision, reason, ruleId, snapshot, code, constraints, remediations, checks);
  }

  /// A stricter answer in place of this one: nothing of the permission is left but the counts.
  PolicyDecision tightened(Decision stricter, String why, String by, ReasonCode newCode) {
    return new PolicyDecision(
        stricter,
        why,
        by,
        snapshot,
        newCode,
        stricter == Decision.DENY ? Constraints.NONE : constraints,
        List.of(),
        velocity);
  }
}
