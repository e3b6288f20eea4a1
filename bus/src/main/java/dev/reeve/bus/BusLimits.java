package dev.reeve.bus;

import dev.reeve.base.Check;

/// Bounds of a bus.
///
/// @param messageSizeMax largest message in bytes, headers included
/// @param requestsMax requests without an answer at once
/// @param publishesMax durable messages without an acknowledgement at once
/// @param streamSizeMax bytes that a stream within the process keeps in memory
public record BusLimits(int messageSizeMax, int requestsMax, int publishesMax, long streamSizeMax) {
  public BusLimits {
    Check.argument(
        messageSizeMax >= 1_024, "message_size_max: %s (expected: >= 1024)", messageSizeMax);
    Check.argument(requestsMax >= 1, "requests_max: %s (expected: >= 1)", requestsMax);
    Check.argument(publishesMax >= 1, "publishes_max: %s (expected: >= 1)", publishesMax);
    Check.argument(
        streamSizeMax >= messageSizeMax,
        "stream_size_max: %s (expected: >= message_size_max)",
        streamSizeMax);
  }

  /// 1 MiB messages, 4,096 requests, 4,096 durable messages, 64 MiB a stream.
  public static BusLimits standard() {
    return new BusLimits(1024 * 1024, 4_096, 4_096, 64L * 1024 * 1024);
  }

  /// The same with another size of messages.
  public BusLimits withMessageSizeMax(int bytes) {
    return new BusLimits(bytes, requestsMax, publishesMax, streamSizeMax);
  }
}
