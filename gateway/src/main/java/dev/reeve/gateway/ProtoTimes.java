package dev.reeve.gateway;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;

/// Times of the wire and the microseconds in which jobs are kept.
public final class ProtoTimes {
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final int NANOS_PER_MICRO = 1_000;

  /// Bounds of both wire types: about ten thousand years.
  private static final long SECONDS_MAX = 315_576_000_000L;

  private static final int NANOS_MAX = 999_999_999;

  private ProtoTimes() {}

  /// A time in microseconds since 1970 UTC.
  public static Timestamp timestamp(long micros) {
    return Timestamp.newBuilder()
        .setSeconds(Math.floorDiv(micros, MICROS_PER_SECOND))
        .setNanos((int) Math.floorMod(micros, MICROS_PER_SECOND) * NANOS_PER_MICRO)
        .build();
  }

  /// A length in microseconds.
  public static Duration duration(long micros) {
    return Duration.newBuilder()
        .setSeconds(micros / MICROS_PER_SECOND)
        .setNanos((int) (micros % MICROS_PER_SECOND) * NANOS_PER_MICRO)
        .build();
  }

  /// The same length in the type of the wire.
  public static Duration duration(java.time.Duration length) {
    return Duration.newBuilder().setSeconds(length.getSeconds()).setNanos(length.getNano()).build();
  }

  /// Whether a length is one that the wire type allows, and not negative.
  public static boolean isLength(Duration length) {
    return length.getSeconds() >= 0
        && length.getSeconds() <= SECONDS_MAX
        && length.getNanos() >= 0
        && length.getNanos() <= NANOS_MAX;
  }

  /// The length that a checked field holds.
  public static java.time.Duration length(Duration length) {
    return java.time.Duration.ofSeconds(length.getSeconds(), length.getNanos());
  }

  /// Whether a time is one that the wire type allows, and after 1970.
  public static boolean isTime(Timestamp time) {
    return time.getSeconds() >= 0
        && time.getSeconds() <= SECONDS_MAX
        && time.getNanos() >= 0
        && time.getNanos() <= NANOS_MAX;
  }

  /// Microseconds of a checked time.
  public static long micros(Timestamp time) {
    return time.getSeconds() * MICROS_PER_SECOND + time.getNanos() / NANOS_PER_MICRO;
  }
}
