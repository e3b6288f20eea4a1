package dev.reeve.service;

import dev.reeve.engine.MonotonicClock;
import java.time.Duration;

/// The end of the time that a piece of work may take. Safe on any thread.
final class TimeLimit {
  private final MonotonicClock clock;
  private final long endNanos;

  private TimeLimit(MonotonicClock clock, long endNanos) {
    this.clock = clock;
    this.endNanos = endNanos;
  }

  /// So long from now.
  static TimeLimit in(MonotonicClock clock, Duration time) {
    return new TimeLimit(clock, clock.nanos() + time.toNanos());
  }

  boolean isOver() {
    return clock.nanos() - endNanos >= 0;
  }
}
