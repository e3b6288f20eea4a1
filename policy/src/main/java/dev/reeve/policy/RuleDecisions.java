package dev.reeve.policy;

/// The decision that a rule makes whenever it applies, built once.
final class RuleDecisions {
  private RuleDecisions() {}

  static PolicyDecision of(PolicyRule rule, String snapshot) {
    boolean limited = rule.decision() == Decision.ALLOW && !rule.constraints().isEmpty();
    Decision decision = limited ? Decision.ALLOW_WITH_CONSTRAINTS : rule.decision();
    String reason = decision.permits() ? "" : reason(rule);
    Constraints limits = decision == Decision.DENY ? Constraints.NONE : rule.constraints();
    return new PolicyDecision(decision, reason, rule.id(), snapshot)
        .with(limits, rule.remediations());
  }

  private static String reason(PolicyRule rule) {
    if (!rule.reason().isEmpty()) {
      return rule.reason();
    }
    return switch (rule.decision()) {
      case ALLOW, ALLOW_WITH_CONSTRAINTS -> "";
      case DENY -> "denied by rule " + rule.id();
      case REQUIRE_APPROVAL -> "rule " + rule.id() + " asks for an approval";
      case THROTTLE -> "throttled by rule " + rule.id();
    };
  }
}
