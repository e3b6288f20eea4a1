package dev.reeve.server;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the texts of durations, sizes and numbers.
final class ConfigText {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");
  private static final Pattern RATE = Pattern.compile("\\d{1,7}(\\.\\d{1,6})?");
  private static final double RATE_MAX = 1_000_000;
  private static final Pattern SIZE = Pattern.compile("(\\d{1,12})(B|KiB|MiB|GiB|TiB)");

  private ConfigText() {}

  static Optional<Duration> duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long amount = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(amount);
          case "s" -> Duration.ofSeconds(amount);
          case "m" -> Duration.ofMinutes(amount);
          case "h" -> Duration.ofHours(amount);
          default -> Duration.ofDays(amount);
        });
  }

  static OptionalLong sizeBytes(String text) {
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    int shift =
        switch (matcher.group(2)) {
          case "B" -> 0;
          case "KiB" -> 10;
          case "MiB" -> 20;
          case "GiB" -> 30;
          default -> 40;
        };
    long amount = Long.parseLong(matcher.group(1));
    return amount > (Long.MAX_VALUE >> shift)
        ? OptionalLong.empty()
        : OptionalLong.of(amount << shift);
  }

  /// A number per second, 0 to a million.
  static OptionalDouble perSecond(String text) {
    if (!RATE.matcher(text).matches()) {
      return OptionalDouble.empty();
    }
    double value = Double.parseDouble(text);
    return value > RATE_MAX ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  static boolean isWholeNumber(String text, long least, long most) {
    if (text.isEmpty() || text.length() > 10 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return false;
    }
    long value = Long.parseLong(text);
    return value >= least && value <= most;
  }
}
