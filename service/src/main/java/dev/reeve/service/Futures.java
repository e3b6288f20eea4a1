package dev.reeve.service;

import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What to do when a future of a use case completes: one way for the value, one for the problem.
public final class Futures {
  private static final Logger log = LoggerFactory.getLogger(Futures.class);

  private Futures() {}

  /// Runs one of the two on the thread that completes the future, or at once when it is complete.
  /// What `done` throws goes to `failed` as its problem: whoever waits hears of it. Nothing is
  /// thrown here; what is no [ProblemException] is a defect and logged, and so is what `failed`
  /// throws.
  public static <T> void then(
      CompletableFuture<T> future, Consumer<? super T> done, Consumer<Problem> failed) {
    CompletableFuture<Boolean> _ =
        future.handle((value, failure) -> {
          if (failure == null) {
            done(value, done, failed);
          } else {
            failed(failure, failed);
          }
          return true;
        });
  }

  private static <T> void done(T value, Consumer<? super T> done, Consumer<Problem> failed) {
    try {
      done.accept(value);
    } catch (RuntimeException | Error e) {
      if (!(e instanceof ProblemException)) {
        log.error("a completion failed", e);
      }
      failed(e, failed);
    }
  }

  private static void failed(Throwable failure, Consumer<Problem> failed) {
    try {
      failed.accept(problem(failure));
    } catch (RuntimeException | Error e) {
      log.error("a failure could not be told", e);
    }
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
