package dev.reeve.policy;

/// Something in a policy that works and is probably not meant.
///
/// @param kind what sort of thing
/// @param ruleId the rule it is about; empty for the policy as a whole
/// @param otherRuleId the rule that stands in its way; empty when there is none
/// @param message words for people
public record LintFinding(Kind kind, String ruleId, String otherRuleId, String message) {
  /// What sort of thing a finding is.
  public enum Kind {
    /// Never decides, because an earlier rule decides differently first.
    UNREACHABLE,
    /// Never decides, because an earlier rule decides the same first.
    SHADOWED,
    /// Has the same match as an earlier rule and another decision.
    CONTRADICTION,
    /// Allows more or less everything.
    TOO_WIDE_ALLOW,
    /// No job has a topic that fits.
    MATCHES_NOTHING,
    /// Is there and changes nothing.
    NO_EFFECT,
    /// Offers something that cannot be asked for.
    UNUSABLE_REMEDIATION
  }

  @Override
  public String toString() {
    return kind + (ruleId.isEmpty() ? "" : " " + ruleId) + ": " + message;
  }
}
