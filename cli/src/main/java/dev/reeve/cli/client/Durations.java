package dev.reeve.cli.client;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Spans of time as people type them: `250ms`, `30s`, `1h30m`.
public final class Durations {
  /// What [#parse] accepts, for messages.
  public static final String SHAPE = "a duration such as 250ms, 30s, 5m or 1h30m";

  private static final Pattern TEXT = Pattern.compile("(?:[0-9]{1,9}(?:ms|s|m|h|d))+");
  private static final Pattern PART = Pattern.compile("([0-9]+)(ms|s|m|h|d)");

  private Durations() {}

  /// The span, or empty when the text is none.
  public static Optional<Duration> parse(String text) {
    if (!TEXT.matcher(text).matches()) {
      return Optional.empty();
    }
    Duration sum = Duration.ZERO;
    Matcher part = PART.matcher(text);
    while (part.find()) {
      sum = sum.plus(part(Long.parseLong(part.group(1)), part.group(2)));
    }
    return Optional.of(sum);
  }

  private static Duration part(long count, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }

  /// The span in words a person reads at a glance: `230ms`, `4.2s`, `1m30s`, `2h5m`.
  public static String print(Duration span) {
    long millis = span.toMillis();
    if (millis < 1_000) {
      return millis + "ms";
    }
    if (millis < 60_000) {
      long tenths = millis / 100;
      return tenths % 10 == 0 ? tenths / 10 + "s" : tenths / 10 + "." + tenths % 10 + "s";
    }
    if (span.toHours() < 1) {
      return join(span.toMinutes(), "m", span.toSecondsPart(), "s");
    }
    return span.toDays() < 1
        ? join(span.toHours(), "h", span.toMinutesPart(), "m")
        : join(span.toDays(), "d", span.toHoursPart(), "h");
  }

  private static String join(long large, String largeUnit, int small, String smallUnit) {
    return large + largeUnit + (small == 0 ? "" : small + smallUnit);
  }
}
