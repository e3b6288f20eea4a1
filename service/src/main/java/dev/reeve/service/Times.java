package dev.reeve.service;

import java.time.Duration;
import java.time.Instant;

/// Conversions between the platform's times and the microseconds in which jobs are kept.
public final class Times {
  private static final long MICROS_PER_SECOND = 1_000_000;

  /// Longer durations are kept as this: no deadline in practice, and no overflow.
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private Times() {}

  /// Microseconds since 1970 UTC.
  public static long micros(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), MICROS_PER_SECOND), instant.getNano() / 1_000);
  }

  /// Length in microseconds; at most a hundred years.
  public static long micros(Duration duration) {
    Duration bounded = duration.compareTo(LONGEST) > 0 ? LONGEST : duration;
    return bounded.toNanos() / 1_000;
  }

  public static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, MICROS_PER_SECOND), Math.floorMod(micros, MICROS_PER_SECOND) * 1_000);
  }
}
