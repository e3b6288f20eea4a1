package dev.reeve.policy;

/// What a policy can answer.
public enum Decision {
  ALLOW("allow"),
  DENY("deny"),
  /// The job is held until a person approves or rejects it.
  REQUIRE_APPROVAL("require_approval");

  private final String word;

  Decision(String word) {
    this.word = word;
  }

  /// The word for it in policy files and receipts.
  public String word() {
    return word;
  }
}
