package dev.reeve.cli.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before the next attempt: doubles from the first wait up to the longest, each a
/// little off by chance so that many clients do not come back in step. Not thread-safe.
public final class Backoff {
  private static final double JITTER = 0.2;

  private final Duration first;
  private final Duration longest;
  private final RandomGenerator random;
  private Duration current;

  public Backoff(Duration first, Duration longest, RandomGenerator random) {
    this.first = first;
    this.longest = longest;
    this.random = random;
    this.current = first;
  }

  /// The wait before the next attempt.
  public Duration next() {
    double factor = 1 - JITTER + 2 * JITTER * random.nextDouble();
    Duration wait = Duration.ofNanos((long) (current.toNanos() * factor));
    Duration doubled = current.multipliedBy(2);
    current = doubled.compareTo(longest) > 0 ? longest : doubled;
    return wait;
  }

  /// After a success: the next wait is the first one again.
  public void reset() {
    current = first;
  }
}
