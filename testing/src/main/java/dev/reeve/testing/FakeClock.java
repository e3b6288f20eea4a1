package dev.reeve.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// A clock that stands still until a test moves it. Wall time for deadlines and expiries, and a
/// monotonic reading for leases and rates; the wall clock alone can be set back, as a real one can.
/// Thread-safe.
public final class FakeClock implements InstantSource {
  /// Where every fake clock starts, so that failures read the same each time.
  public static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  private final AtomicLong elapsedNanos = new AtomicLong();
  private final AtomicLong wallOffsetNanos = new AtomicLong();

  @Override
  public Instant instant() {
    return START.plusNanos(elapsedNanos.get() + wallOffsetNanos.get());
  }

  /// Nanoseconds since an arbitrary origin; never goes back.
  public long nanoTime() {
    return elapsedNanos.get();
  }

  /// [#nanoTime()] as the seam that production code takes.
  public LongSupplier monotonic() {
    return this::nanoTime;
  }

  /// Lets time pass on both clocks. The step must not be negative.
  public void advance(Duration step) {
    if (step.isNegative()) {
      throw new IllegalArgumentException("step: " + step + " (expected: >= 0; see shiftWall)");
    }
    elapsedNanos.addAndGet(step.toNanos());
  }

  /// Moves the wall clock alone, forward or back, as an operator or a time server does.
  public void shiftWall(Duration step) {
    wallOffsetNanos.addAndGet(step.toNanos());
  }
}
