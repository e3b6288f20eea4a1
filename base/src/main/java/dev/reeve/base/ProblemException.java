package dev.reeve.base;

/// Carries a [Problem] out of code that validates. Expected by every caller of a decoder; has no
/// stack trace, because a refusal is not a defect and must stay cheap under a flood of bad input.
public final class ProblemException extends RuntimeException {
  private final transient Problem problem;

  public ProblemException(Problem problem) {
    super(problem.reason() + ": " + problem.message(), null, false, false);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
