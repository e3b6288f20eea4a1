package dev.reeve.job;

/// The thirteen states by name, for tables, filters and storage. The names are stored: append only,
/// and never rename one.
public enum StateName {
  PENDING,
  AWAITING_APPROVAL,
  THROTTLED,
  COMPILING,
  QUEUED,
  EXECUTING,
  REVIEWING,
  COMPLETED,
  DENIED,
  QUARANTINED,
  FAILED,
  CANCELLED,
  TIMED_OUT;

  /// Whether nothing can happen any more.
  public boolean isTerminal() {
    return switch (this) {
      case PENDING, AWAITING_APPROVAL, THROTTLED, COMPILING, QUEUED, EXECUTING, REVIEWING -> false;
      case COMPLETED, DENIED, QUARANTINED, FAILED, CANCELLED, TIMED_OUT -> true;
    };
  }
}
