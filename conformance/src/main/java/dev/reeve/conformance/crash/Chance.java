package dev.reeve.conformance.crash;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// What is drawn for one round. The same seed draws the same, though a real machine never runs two
/// rounds alike.
final class Chance {
  private final long seed;
  private final RandomGenerator random;

  Chance(long seed, int round) {
    this.seed = seed + round;
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(this.seed);
  }

  long seed() {
    return seed;
  }

  boolean oneIn(int many) {
    return random.nextInt(many) == 0;
  }

  /// Lets a time pass that is drawn between these two: the point of it is that nothing marks it.
  Duration pass(Duration least, Duration most) {
    Duration drawn = Duration.ofNanos(random.nextLong(least.toNanos(), most.toNanos()));
    long end = System.nanoTime() + drawn.toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
    return drawn;
  }
}
