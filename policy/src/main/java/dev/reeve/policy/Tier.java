package dev.reeve.policy;

/// How far a rule reaches. A narrower tier is asked first.
public enum Tier {
  /// One job or session.
  JOB("job"),
  /// One workflow.
  WORKFLOW("workflow"),
  /// Every request.
  GLOBAL("global");

  private final String word;

  Tier(String word) {
    this.word = word;
  }

  /// The word for it in policy files.
  public String word() {
    return word;
  }
}
