package dev.reeve.policy;

import dev.reeve.base.Check;
import dev.reeve.base.Problem;

/// The answer of a policy to one request.
///
/// @param decision the answer
/// @param reason words for people; empty for [Decision#ALLOW]
/// @param ruleId the rule that decided; empty when none matched
/// @param snapshot id of the policy; empty when there is none
public record PolicyDecision(Decision decision, String reason, String ruleId, String snapshot) {
  /// The answer where no policy is loaded.
  public static final PolicyDecision NO_POLICY =
      new PolicyDecision(Decision.DENY, "no policy is loaded", "", "");

  public PolicyDecision {
    Check.argument(
        decision != Decision.ALLOW || reason.isEmpty(),
        "reason: %s (expected: none with allow)",
        reason);
  }

  /// The refusal that a caller is told when the decision is [Decision#DENY].
  public Problem toDenial() {
    Check.state(decision == Decision.DENY, "decision: %s (expected: deny)", decision);
    return PolicyProblems.POLICY_DENIED
        .because(reason)
        .with("rule_id", ruleId)
        .with("policy_snapshot", snapshot);
  }
}
