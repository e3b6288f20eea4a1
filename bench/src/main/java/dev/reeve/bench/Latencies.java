package dev.reeve.bench;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/// Durations of a run, all of them. Any thread adds; read after the run.
final class Latencies {
  private final long[] nanos;
  private final AtomicInteger count = new AtomicInteger();

  /// @param max beyond it, durations are dropped
  Latencies(int max) {
    nanos = new long[max];
  }

  void add(long duration) {
    int index = count.getAndIncrement();
    if (index < nanos.length) {
      nanos[index] = duration;
    }
  }

  /// Those of one run of them, in the order in which they came.
  long[] nanos(int from, int to) {
    return Arrays.copyOfRange(nanos, from, Math.min(to, count()));
  }

  int count() {
    return Math.min(count.get(), nanos.length);
  }

  boolean isFull() {
    return count.get() >= nanos.length;
  }

  /// In milliseconds; 0.5 for the median.
  double millis(double quantile) {
    long[] sorted = Arrays.copyOf(nanos, count());
    Arrays.sort(sorted);
    return sorted.length == 0
        ? 0
        : sorted[(int) Math.min(sorted.length - 1, Math.floor(quantile * sorted.length))] / 1e6;
  }
}
