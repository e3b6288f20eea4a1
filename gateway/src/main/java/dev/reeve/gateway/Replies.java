package dev.reeve.gateway;

import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import dev.reeve.service.Futures;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers unary calls of one dialect: the value encoded, or the problem in its words. The encoder
/// may throw [ProblemException] too.
public final class Replies {
  private static final Logger log = LoggerFactory.getLogger(Replies.class);

  private final ProblemTable problems;
  private final RefusalLog refusals = new RefusalLog();

  public Replies(ProblemTable problems) {
    this.problems = problems;
  }

  /// Decodes, calls, and answers when the future completes.
  ///
  /// @param call decodes the request and starts the use case; may throw [ProblemException]
  /// @param encode makes the response of the value
  public <T, R> void reply(
      StreamObserver<R> observer, Supplier<CompletableFuture<T>> call, Function<T, R> encode) {
    CompletableFuture<T> future;
    try {
      future = call.get();
    } catch (ProblemException e) {
      fail(observer, e.problem());
      return;
    }
    Futures.then(
        future, value -> send(observer, () -> encode.apply(value)), p -> fail(observer, p));
  }

  /// Answers what is at hand; the supplier may throw [ProblemException] and, in a blocking handler,
  /// may block.
  public <R> void send(StreamObserver<R> observer, Supplier<R> response) {
    R message;
    try {
      message = response.get();
    } catch (ProblemException e) {
      fail(observer, e.problem());
      return;
    } catch (RuntimeException e) {
      log.error("a response could not be made", e);
      fail(observer, Futures.problem(e));
      return;
    }
    observer.onNext(message);
    observer.onCompleted();
  }

  /// Ends the call with a problem.
  public void fail(StreamObserver<?> observer, Problem problem) {
    refusals.add(problem);
    observer.onError(Statuses.exception(problem, problems));
  }
}
