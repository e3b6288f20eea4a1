package dev.reeve.policy;

/// What one rule said of a request.
///
/// @param group where it stands in the order: the floor, a tier, or the input rules
/// @param ruleId which rule
/// @param outcome what came of it
/// @param detail the key that did not fit, or why a rule that fits was passed over
public record RuleTrace(String group, String ruleId, Outcome outcome, String detail) {
  /// What can come of a rule.
  public enum Outcome {
    /// The request does not meet its match.
    NO_MATCH,
    /// It fits, and its condition or its count let the request pass.
    PASSED_OVER,
    /// It fits, and another one decided.
    OVERRULED,
    /// It decided.
    DECIDED
  }
}
