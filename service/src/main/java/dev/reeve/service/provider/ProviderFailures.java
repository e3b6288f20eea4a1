package dev.reeve.service.provider;

import dev.reeve.base.Problem;
import dev.reeve.base.ProblemCode;

/// Tells a caller of a provider that gave no answer.
public final class ProviderFailures {
  /// What fits into the trailers of a call.
  private static final int ERROR_BYTES_MAX = 4 * 1024;

  private ProviderFailures() {}

  /// The problem that a failure is, with `error_class`, and `http_status` and `provider_error`
  /// where the provider answered with an error about the request itself.
  public static Problem problem(ProviderFailure failure) {
    Problem problem =
        code(failure.errorClass())
            .because("the provider: " + failure.message())
            .with("error_class", failure.errorClass().status());
    if (failure.httpStatus() > 0) {
      problem = problem.with("http_status", Integer.toString(failure.httpStatus()));
    }
    if (failure.body().size() > 0 && failure.body().size() <= ERROR_BYTES_MAX) {
      problem = problem.with("provider_error", failure.body().utf8());
    }
    return failure.retryAfter().isPresent()
        ? problem.withRetryAfter(failure.retryAfter().get())
        : problem;
  }

  private static ProblemCode code(ProviderErrorClass errorClass) {
    return switch (errorClass) {
      case TIMEOUT -> ProviderProblems.PROVIDER_TIMEOUT;
      case SERVER_ERROR, CONNECTION_ERROR, UNAUTHORIZED -> ProviderProblems.PROVIDER_FAILED;
      case KEY_MISSING -> ProviderProblems.PROVIDER_KEY_MISSING;
      case RATE_LIMITED -> ProviderProblems.PROVIDER_RATE_LIMITED;
      case CONTEXT_WINDOW, CONTENT_POLICY, REFUSED -> ProviderProblems.PROVIDER_REFUSED;
      case CANCELLED -> ProviderProblems.PROVIDER_CALL_CANCELLED;
    };
  }
}
