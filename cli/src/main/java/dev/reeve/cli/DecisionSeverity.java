package dev.reeve.cli;

/// How much a decision matters to who watches a log for trouble.
enum DecisionSeverity {
  INFORMATIONAL(1, "Informational", 2),
  MEDIUM(3, "Medium", 5),
  HIGH(4, "High", 7);

  private final int ocsfId;
  private final String ocsfName;
  private final int cef;

  DecisionSeverity(int ocsfId, String ocsfName, int cef) {
    this.ocsfId = ocsfId;
    this.ocsfName = ocsfName;
    this.cef = cef;
  }

  /// Holds and failures are medium, refusals and what was held back are high.
  static DecisionSeverity of(String decision) {
    return switch (decision) {
      case "deny", "refuse", "reject", "quarantine" -> HIGH;
      case "fail", "time_out", "throttle", "require_approval", "require_human" -> MEDIUM;
      default -> INFORMATIONAL;
    };
  }

  /// Whether what was asked did not happen.
  boolean isRefusal() {
    return this == HIGH;
  }

  int ocsfId() {
    return ocsfId;
  }

  String ocsfName() {
    return ocsfName;
  }

  /// 0 to 10.
  int cef() {
    return cef;
  }
}
