package dev.reeve.quantum.compiler;

import java.util.Arrays;

/// When each operation of a compiled circuit begins, in ticks of the device. Immutable.
public final class Schedule {
  private final Timing timing;
  private final double tickNanos;
  private final long[] starts;
  private final long ticks;

  /// @param starts by operation; not copied
  Schedule(Timing timing, double tickNanos, long[] starts, long ticks) {
    this.timing = timing;
    this.tickNanos = tickNanos;
    this.starts = starts;
    this.ticks = ticks;
  }

  /// How it was made.
  public Timing timing() {
    return timing;
  }

  /// Nanoseconds of a tick.
  public double tickNanos() {
    return tickNanos;
  }

  /// Number of operations.
  public int size() {
    return starts.length;
  }

  /// When an operation begins, in ticks.
  public long start(int operation) {
    return starts[operation];
  }

  /// When the last one is over, in ticks.
  public long ticks() {
    return ticks;
  }

  /// When the last one is over, in nanoseconds.
  public double nanos() {
    return ticks * tickNanos;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Schedule that
        && timing == that.timing
        && tickNanos == that.tickNanos
        && ticks == that.ticks
        && Arrays.equals(starts, that.starts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(starts);
  }

  @Override
  public String toString() {
    return "Schedule[%s, %d operations, %d ticks of %s ns]"
        .formatted(timing, starts.length, ticks, tickNanos);
  }
}
