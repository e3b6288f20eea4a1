package dev.reeve.gateway.beamline.worker;

import dev.reeve.base.Problem;
import dev.reeve.service.Futures;
import dev.reeve.service.bus.Bus;
import dev.reeve.service.bus.BusMessage;
import dev.reeve.service.bus.BusProblems;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// Sends until the broker has acknowledged, a few times, always under the same message id. Safe on
/// any thread; does not block.
final class DurableSender {
  private static final int TRIES_MAX = 4;

  private final Bus bus;
  private final LongAdder retried;

  /// @param retried counts what was sent once more
  DurableSender(Bus bus, LongAdder retried) {
    this.bus = bus;
    this.retried = retried;
  }

  /// Completes when the message is kept. A subject that no stream keeps gets it once, now.
  CompletableFuture<Boolean> send(BusMessage message, String messageId) {
    CompletableFuture<Boolean> sent = new CompletableFuture<>();
    attempt(message, messageId, 1, sent);
    return sent;
  }

  private void attempt(
      BusMessage message, String messageId, int number, CompletableFuture<Boolean> sent) {
    Futures.then(
        bus.publishDurably(message, messageId),
        _ -> sent.complete(true),
        problem -> failed(message, messageId, number, sent, problem));
  }

  private void failed(
      BusMessage message,
      String messageId,
      int number,
      CompletableFuture<Boolean> sent,
      Problem problem) {
    if (problem.code().equals(BusProblems.BUS_NO_STREAM)) {
      sendOnce(message, sent);
    } else if (problem.code().equals(BusProblems.BUS_ANSWER_FOREIGN)) {
      // A worker has it and said so; to send it again would run it twice.
      sent.complete(false);
    } else if (number < TRIES_MAX && mayGoBetter(problem)) {
      retried.increment();
      Executor later = CompletableFuture.delayedExecutor(1L << (number - 1), TimeUnit.SECONDS);
      later.execute(() -> attempt(message, messageId, number + 1, sent));
    } else {
      sent.completeExceptionally(problem.toException());
    }
  }

  private void sendOnce(BusMessage message, CompletableFuture<Boolean> sent) {
    try {
      bus.publish(message);
      sent.complete(false);
    } catch (dev.reeve.base.ProblemException e) {
      sent.completeExceptionally(e);
    }
  }

  private static boolean mayGoBetter(Problem problem) {
    return problem.code().equals(BusProblems.BUS_UNAVAILABLE)
        || problem.code().equals(BusProblems.BUS_BUSY);
  }
}
