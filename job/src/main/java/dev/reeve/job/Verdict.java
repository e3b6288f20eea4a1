package dev.reeve.job;

/// What policy said, kept with the job so that anyone can ask later.
///
/// @param decision one of [Decision]
/// @param ruleId the rule that decided; empty for a default
/// @param reason its words; may be empty
/// @param snapshot id of the policy text that was in force
public record Verdict(Decision decision, String ruleId, String reason, String snapshot) {
  public Verdict {
    Storable.text("rule_id", ruleId);
    Storable.text("reason", reason);
    Storable.text("snapshot", snapshot);
  }

  /// No policy looked at it.
  public static final Verdict NONE = new Verdict(Decision.ALLOW, "", "", "");

  /// The answers that policy can give at submit and at dispatch.
  public enum Decision {
    ALLOW,
    DENY,
    REQUIRE_APPROVAL,
    THROTTLE
  }
}
