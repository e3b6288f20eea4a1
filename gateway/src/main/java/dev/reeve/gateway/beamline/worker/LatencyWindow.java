package dev.reeve.gateway.beamline.worker;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Arrays;

/// The latencies of the last 1,000 results. Safe on any thread.
final class LatencyWindow {
  private static final int SIZE = 1_000;

  @GuardedBy("this")
  private final long[] latenciesMs = new long[SIZE];

  @GuardedBy("this")
  private long added;

  synchronized void add(long latencyMs) {
    latenciesMs[(int) (added++ % SIZE)] = latencyMs;
  }

  /// Milliseconds that 95 of 100 stay within; 0 without any.
  synchronized long p95Ms() {
    int size = (int) Math.min(added, SIZE);
    if (size == 0) {
      return 0;
    }
    long[] sorted = Arrays.copyOf(latenciesMs, size);
    Arrays.sort(sorted);
    return sorted[(size * 95 - 1) / 100];
  }
}
