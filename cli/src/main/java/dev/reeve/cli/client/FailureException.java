package dev.reeve.cli.client;

/// Ends a command with a [Failure]. Has no stack trace: it is an answer, not a defect.
public final class FailureException extends RuntimeException {
  private final transient Failure failure;

  FailureException(Failure failure) {
    super(failure.message(), null, false, false);
    this.failure = failure;
  }

  /// What is printed.
  public Failure failure() {
    return failure;
  }
}
