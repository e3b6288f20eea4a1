package dev.reeve.governance.boot;

/// Why a posture was taken, and which one it asks for.
public enum PostureTrigger {
  TRANSIENT_FAILURE(Posture.DEFENSIVE),
  RATE_LIMIT_EXCEEDED(Posture.DEFENSIVE),
  RESOURCE_EXHAUSTION(Posture.DEFENSIVE),
  RECEIPT_CHAIN_BROKEN(Posture.FAIL_CLOSED),
  INTEGRITY_FAILURE(Posture.FAIL_CLOSED),
  CANARY_FAILURE(Posture.FAIL_CLOSED),
  GENOME_INVALID(Posture.FAIL_CLOSED),
  PREREQUISITE_FAILURE(Posture.FAIL_CLOSED),
  MANUAL_OVERRIDE(Posture.NORMAL);

  private final Posture asksFor;

  PostureTrigger(Posture asksFor) {
    this.asksFor = asksFor;
  }

  /// The least strict posture that answers it.
  public Posture asksFor() {
    return asksFor;
  }
}
