package dev.reeve.quantum;

import java.util.random.RandomGenerator;

/// Our own copy of the SplitMix64 generator, so that a seed gives the same counts on every version
/// of the platform. Not for secrets. Not thread-safe.
public final class SplitMix implements RandomGenerator {
  private static final long STEP = 0x9E3779B97F4A7C15L;

  private long state;

  /// A generator whose numbers this seed decides.
  public SplitMix(long seed) {
    this.state = seed;
  }

  @Override
  public long nextLong() {
    state += STEP;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /// Uniform in [0, 1), from the upper 53 bits.
  @Override
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }
}
