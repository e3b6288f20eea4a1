package dev.reeve.service.driver;

/// A driver did not do what it was asked to: it refused, or did not answer.
public final class DriverException extends Exception {
  private static final long serialVersionUID = 1;

  /// Why, by the names that job errors have.
  public enum Kind {
    UNAVAILABLE,
    RESOURCE_EXHAUSTED,
    ABORTED,
    DEADLINE_EXCEEDED,
    INVALID_ARGUMENT,
    FAILED_PRECONDITION,
    INTERNAL,
    UNAUTHENTICATED,
    PERMISSION_DENIED,
    UNIMPLEMENTED
  }

  private final Kind kind;

  /// @param message safe text, one line
  public DriverException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /// Why.
  public Kind kind() {
    return kind;
  }

  /// The error code of a job that ended so.
  String code() {
    return "EIGEN_EXECUTION_" + kind.name();
  }

  /// Whether another attempt may go better.
  boolean isRetryable() {
    return switch (kind) {
      case UNAVAILABLE, RESOURCE_EXHAUSTED, ABORTED -> true;
      case DEADLINE_EXCEEDED,
          INVALID_ARGUMENT,
          FAILED_PRECONDITION,
          INTERNAL,
          UNAUTHENTICATED,
          PERMISSION_DENIED,
          UNIMPLEMENTED ->
          false;
    };
  }

  /// Whether it says something about the driver rather than about the question.
  boolean isOutage() {
    return switch (kind) {
      case UNAVAILABLE, DEADLINE_EXCEEDED, INTERNAL, UNAUTHENTICATED -> true;
      case RESOURCE_EXHAUSTED,
          ABORTED,
          INVALID_ARGUMENT,
          FAILED_PRECONDITION,
          PERMISSION_DENIED,
          UNIMPLEMENTED ->
          false;
    };
  }
}
