package dev.reeve.server.offline;

import com.google.protobuf.Timestamp;
import dev.reeve.cli.client.CliProblems;
import dev.reeve.cli.client.Durations;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The time range of a backtest.
///
/// @param first jobs submitted from then on; empty for all
/// @param end jobs submitted before then; empty for all
record BacktestTimes(Optional<Instant> first, Optional<Instant> end) {
  /// Reads times, or how long ago they are.
  ///
  /// @throws dev.reeve.base.ProblemException `ARGUMENT_INVALID`
  static BacktestTimes of(@Nullable String since, @Nullable String until, InstantSource clock) {
    return new BacktestTimes(
        Optional.ofNullable(since).map(text -> read("--since", text, clock)),
        Optional.ofNullable(until).map(text -> read("--until", text, clock)));
  }

  private static Instant read(String option, String text, InstantSource clock) {
    Optional<Instant> ago = Durations.parse(text).map(span -> clock.instant().minus(span));
    try {
      return ago.isPresent() ? ago.get() : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw CliProblems.ARGUMENT_INVALID
          .field(option, text, "a duration ago such as 1h, or a time such as 2026-01-02T03:04:05Z")
          .toException();
    }
  }

  Optional<Timestamp> from() {
    return first.map(BacktestTimes::stamp);
  }

  Optional<Timestamp> to() {
    return end.map(BacktestTimes::stamp);
  }

  long fromMicros() {
    return first.map(BacktestTimes::micros).orElse(Long.MIN_VALUE);
  }

  long toMicros() {
    return end.map(BacktestTimes::micros).orElse(Long.MAX_VALUE);
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  private static Timestamp stamp(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }
}
