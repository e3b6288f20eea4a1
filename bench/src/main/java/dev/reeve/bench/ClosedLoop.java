package dev.reeve.bench;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// Keeps a number of operations in flight: whoever ends one begins the next. The number only grows;
/// fewer need a new loop. Safe on any thread.
final class ClosedLoop {
  /// Begins one operation, which later calls [ClosedLoop#ended()], from any thread.
  interface Operation {
    void begin();
  }

  private final Operation operation;
  private final LongAdder ended = new LongAdder();
  private final Failure failure;
  private volatile boolean stopped;
  private volatile boolean resting;

  /// Operations that would have begun while it rests.
  @GuardedBy("this")
  private int heldBack;

  ClosedLoop(Operation operation, Failure failure) {
    this.operation = operation;
    this.failure = failure;
  }

  /// Adds to what is in flight.
  void widen(int operations) {
    for (int i = 0; i < operations; i++) {
      operation.begin();
    }
  }

  /// One has ended.
  void ended() {
    ended.increment();
    if (!stopped && !(resting && holdsBack())) {
      operation.begin();
    }
  }

  private synchronized boolean holdsBack() {
    heldBack += resting ? 1 : 0;
    return resting;
  }

  /// Until [#goOn] no further ones begin.
  void rest() {
    resting = true;
  }

  /// As many are in flight again as before the rest.
  void goOn() {
    int again;
    synchronized (this) {
      resting = false;
      again = heldBack;
      heldBack = 0;
    }
    widen(again);
  }

  /// No further ones begin.
  void stop() {
    stopped = true;
  }

  long count() {
    return ended.sum();
  }

  /// Returns when so many have ended, or after so long.
  void await(long operations, int secondsMax) throws InterruptedException {
    for (int i = 0; i < secondsMax && count() < operations; i++) {
      double _ = rate(1);
    }
  }

  /// Operations per second over so long.
  double rate(double seconds) throws InterruptedException {
    long before = ended.sum();
    long start = System.nanoTime();
    TimeUnit.NANOSECONDS.sleep((long) (seconds * 1e9));
    failure.check();
    return (ended.sum() - before) * 1e9 / (System.nanoTime() - start);
  }

  /// The median of several rounds.
  double medianRate(int rounds, double seconds) throws InterruptedException {
    double[] rates = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      rates[i] = rate(seconds);
    }
    Arrays.sort(rates);
    return rates[rounds / 2];
  }
}
