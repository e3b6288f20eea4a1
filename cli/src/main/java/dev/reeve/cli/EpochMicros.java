package dev.reeve.cli;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Times of the audit log, microseconds since 1970 UTC, as people and other tools write them.
final class EpochMicros {
  private EpochMicros() {}

  /// RFC 3339, UTC.
  static String text(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
  }

  static long millis(long micros) {
    return Math.floorDiv(micros, 1_000L);
  }
}
