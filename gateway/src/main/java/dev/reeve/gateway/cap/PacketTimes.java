package dev.reeve.gateway.cap;

import com.google.protobuf.Timestamp;
import java.time.Instant;

/// Times of packets, whatever they hold.
final class PacketTimes {
  private static final long SECONDS_MAX = 253_402_300_799L;

  private PacketTimes() {}

  /// The nearest time that there is.
  static Instant instant(Timestamp at) {
    return Instant.ofEpochSecond(
        Math.clamp(at.getSeconds(), 0, SECONDS_MAX), Math.clamp(at.getNanos(), 0, 999_999_999));
  }

  static Timestamp timestamp(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }
}
