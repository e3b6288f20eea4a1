package dev.reeve.policy;

/// What a policy can answer.
public enum Decision {
  ALLOW("allow"),
  DENY("deny"),
  /// The job is held until a person approves or rejects it.
  REQUIRE_APPROVAL("require_approval"),
  /// Allowed within limits that the decision carries.
  ALLOW_WITH_CONSTRAINTS("allow_with_constraints"),
  /// Not now: the caller may ask again later.
  THROTTLE("throttle");

  private final String word;

  Decision(String word) {
    this.word = word;
  }

  /// The word for it in policy files and receipts.
  public String word() {
    return word;
  }

  /// Whether the job may run now, with or without limits.
  public boolean permits() {
    return switch (this) {
      case ALLOW, ALLOW_WITH_CONSTRAINTS -> true;
      case DENY, REQUIRE_APPROVAL, THROTTLE -> false;
    };
  }
}
