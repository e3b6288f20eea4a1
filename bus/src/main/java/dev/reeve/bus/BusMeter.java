package dev.reeve.bus;

import dev.reeve.service.bus.BusHealth;
import dev.reeve.service.bus.BusProblems;
import dev.reeve.service.bus.BusSubscription;
import java.util.Collection;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/// What a bus counts, and the room for what is under way. Safe on any thread.
final class BusMeter {
  private final BusLimits limits;
  private final Semaphore requests;
  private final Semaphore publishes;

  final AtomicLong connects = new AtomicLong();
  final LongAdder published = new LongAdder();
  final LongAdder publishFailures = new LongAdder();
  final LongAdder received = new LongAdder();
  final LongAdder handlerFailures = new LongAdder();

  /// Of subscriptions that are closed.
  final LongAdder droppedBefore = new LongAdder();

  BusMeter(BusLimits limits) {
    this.limits = limits;
    requests = new Semaphore(limits.requestsMax());
    publishes = new Semaphore(limits.publishesMax());
  }

  /// Takes room for one request until [#requestEnded].
  ///
  /// @throws dev.reeve.base.ProblemException `BUS_BUSY`
  void requestBegins() {
    if (!requests.tryAcquire()) {
      throw busy("requests", limits.requestsMax());
    }
  }

  void requestEnded() {
    requests.release();
  }

  /// Takes room for one durable message until [#publishEnded].
  ///
  /// @throws dev.reeve.base.ProblemException `BUS_BUSY`
  void publishBegins() {
    if (!publishes.tryAcquire()) {
      throw busy("durable messages", limits.publishesMax());
    }
  }

  void publishEnded() {
    publishes.release();
  }

  private static RuntimeException busy(String what, int most) {
    return BusProblems.BUS_BUSY
        .because(what + " without an answer: " + most + " (expected: fewer)")
        .toException();
  }

  BusHealth health(
      BusHealth.State state,
      String address,
      String trouble,
      Collection<? extends Listening> subscriptions) {
    long dropped = droppedBefore.sum();
    long pending = 0;
    int slow = 0;
    for (Listening subscription : subscriptions) {
      dropped += subscription.dropped();
      pending += subscription.pending();
      slow += subscription.isSlow() ? 1 : 0;
    }
    return new BusHealth(
        state,
        address,
        trouble,
        connects.get(),
        published.sum(),
        publishFailures.sum(),
        received.sum(),
        handlerFailures.sum(),
        dropped,
        slow,
        pending,
        limits.requestsMax() - requests.availablePermits(),
        limits.publishesMax() - publishes.availablePermits());
  }

  /// A subscription that says whether it lost messages lately.
  interface Listening extends BusSubscription {
    /// Whether a message was lost within the last ten seconds.
    boolean isSlow();
  }
}
