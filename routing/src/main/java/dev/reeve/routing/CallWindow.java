package dev.reeve.routing;

import java.util.Arrays;

/// Counts calls over a sliding window of ten slots. Not thread-safe: its owner locks.
final class CallWindow {
  private static final int SLOTS = 10;

  private final long slotNanos;
  private final long[] slots = new long[SLOTS];
  private final int[] calls = new int[SLOTS];
  private final int[] failed = new int[SLOTS];
  private final int[] slow = new int[SLOTS];

  CallWindow(int windowSeconds) {
    slotNanos = windowSeconds * 1_000_000_000L / SLOTS;
    Arrays.fill(slots, Long.MIN_VALUE);
  }

  void add(long nowNanos, boolean failure, boolean tooSlow) {
    long slot = Math.floorDiv(nowNanos, slotNanos);
    int at = (int) Math.floorMod(slot, (long) SLOTS);
    if (slots[at] != slot) {
      slots[at] = slot;
      calls[at] = 0;
      failed[at] = 0;
      slow[at] = 0;
    }
    calls[at]++;
    failed[at] += failure ? 1 : 0;
    slow[at] += tooSlow ? 1 : 0;
  }

  void clear() {
    Arrays.fill(slots, Long.MIN_VALUE);
  }

  int calls(long nowNanos) {
    return sum(calls, nowNanos);
  }

  double errorRate(long nowNanos) {
    return rate(failed, nowNanos);
  }

  double slowRate(long nowNanos) {
    return rate(slow, nowNanos);
  }

  private double rate(int[] counts, long nowNanos) {
    int all = calls(nowNanos);
    return all == 0 ? 0 : (double) sum(counts, nowNanos) / all;
  }

  private int sum(int[] counts, long nowNanos) {
    long oldest = Math.floorDiv(nowNanos, slotNanos) - SLOTS + 1;
    int sum = 0;
    for (int i = 0; i < SLOTS; i++) {
      sum += slots[i] >= oldest ? counts[i] : 0;
    }
    return sum;
  }
}
