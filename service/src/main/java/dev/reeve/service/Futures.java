package dev.reeve.service;

import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/// What to do when a future of a use case completes: one way for the value, one for the problem.
public final class Futures {
  private Futures() {}

  /// Runs one of the two on the thread that completes the future, or at once when it is complete.
  public static <T> void then(
      CompletableFuture<T> future, Consumer<? super T> done, Consumer<Problem> failed) {
    CompletableFuture<Boolean> _ =
        future.handle((value, failure) -> {
          if (failure == null) {
            done.accept(value);
          } else {
            failed.accept(problem(failure));
          }
          return true;
        });
  }

  /// The problem inside, or `INTERNAL` with the cause as private detail.
  public static Problem problem(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof ProblemException known
        ? known.problem()
        : ServiceProblems.INTERNAL.because("internal error").withDetail(String.valueOf(cause));
  }
}
