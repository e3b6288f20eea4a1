package dev.reeve.policy;

import java.util.List;
import java.util.Optional;

/// One rule of a policy.
///
/// @param id its name in decisions and receipts, unique in its policy
/// @param match which requests it decides
/// @param decision what it decides
/// @param reason words for people; may be empty
/// @param reach for whom it is there
/// @param when a condition that fields cannot say; holds for every request when absent
/// @param velocity how often it lets requests pass before it fires
/// @param constraints limits that come with the decision
/// @param remediations what to ask for instead
public record PolicyRule(
    String id,
    RuleMatch match,
    Decision decision,
    String reason,
    Reach reach,
    Optional<WhenExpression> when,
    Optional<Velocity> velocity,
    Constraints constraints,
    List<Remediation> remediations) {
  /// For whom a rule is there.
  ///
  /// @param invariant whether it belongs to the security floor
  public record Reach(Tier tier, Selector selector, boolean invariant) {
    public static final Reach GLOBAL = new Reach(Tier.GLOBAL, Selector.NONE, false);

    Reach asInvariant() {
      return new Reach(tier, selector, true);
    }
  }

  public PolicyRule {
    remediations = List.copyOf(remediations);
  }

  /// A rule for everybody, without anything optional.
  public PolicyRule(String id, RuleMatch match, Decision decision, String reason) {
    this(
        id,
        match,
        decision,
        reason,
        Reach.GLOBAL,
        Optional.empty(),
        Optional.empty(),
        Constraints.NONE,
        List.of());
  }

  PolicyRule asInvariant() {
    return new PolicyRule(
        id,
        match,
        decision,
        reason,
        reach.asInvariant(),
        when,
        velocity,
        constraints,
        remediations);
  }

  /// Whether it decides every request that its match fits.
  boolean isUnconditional() {
    return when.isEmpty() && velocity.isEmpty();
  }
}
