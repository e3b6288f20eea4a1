package dev.reeve.bench;

import java.util.concurrent.CompletableFuture;

/// What two threads read and write per second when they scale arrays far larger than any cache in
/// place: what one walk over a state vector costs at least.
final class MemoryBandwidth {
  private static final int LENGTH = 1 << 24;
  private static final int ROUNDS = 8;

  private MemoryBandwidth() {}

  static double gigabytes() {
    double[] first = new double[LENGTH];
    double[] second = new double[LENGTH];
    double best = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long begun = System.nanoTime();
      CompletableFuture<Void> other = CompletableFuture.runAsync(() -> scale(second));
      scale(first);
      other.join();
      best = Math.max(best, 2.0 * 16 * LENGTH / (System.nanoTime() - begun));
    }
    return best;
  }

  private static void scale(double[] part) {
    for (int i = 0; i < part.length; i++) {
      part[i] = part[i] * 1.0000001 + 1e-9;
    }
  }
}
