package dev.reeve.service.bus;

import dev.reeve.base.Check;
import java.time.Duration;

/// How to take messages from a stream.
///
/// @param stream the stream's name; one of another name that keeps the pattern is taken instead
///   when this one does not exist
/// @param durable name under which the position is kept and shared: letters, digits, `_`, `-`
/// @param pattern what to take of the stream's subjects
/// @param from where to begin when the durable name is new
/// @param ackWait a delivery not settled for so long is delivered again
/// @param deliveriesMax deliveries of one message at most; then it stays in the stream, unseen. See
///   [DeadLetters] for where it should go instead
/// @param ackPendingMax deliveries not settled at once, over all who share the name
public record ConsumerSpec(
    String stream,
    String durable,
    String pattern,
    From from,
    Duration ackWait,
    int deliveriesMax,
    int ackPendingMax) {
  /// Where a new durable name begins.
  public enum From {
    /// With the oldest message that is kept.
    OLDEST,
    /// With what comes after the consumer was made.
    NEW
  }

  /// Longest wait for a settlement.
  public static final Duration ACK_WAIT_MAX = Duration.ofHours(1);

  public ConsumerSpec {
    Subjects.requireName("stream", stream);
    Subjects.requireName("durable", durable);
    Subjects.requirePattern(pattern);
    Check.argument(
        ackWait.isPositive() && ackWait.compareTo(ACK_WAIT_MAX) <= 0,
        "ack_wait: %s (expected: above 0, at most %s)",
        ackWait,
        ACK_WAIT_MAX);
    Check.argument(deliveriesMax >= 1, "deliveries_max: %s (expected: at least 1)", deliveriesMax);
    Check.argument(ackPendingMax >= 1, "ack_pending_max: %s (expected: at least 1)", ackPendingMax);
  }

  /// A pattern from the oldest message on: 30 s to settle, 10 deliveries, 1,024 open at once.
  public static ConsumerSpec of(String stream, String durable, String pattern) {
    return new ConsumerSpec(
        stream, durable, pattern, From.OLDEST, Duration.ofSeconds(30), 10, 1_024);
  }

  /// The same, beginning elsewhere.
  public ConsumerSpec withFrom(From other) {
    return new ConsumerSpec(stream, durable, pattern, other, ackWait, deliveriesMax, ackPendingMax);
  }

  /// The same with another wait.
  public ConsumerSpec withAckWait(Duration wait) {
    return new ConsumerSpec(stream, durable, pattern, from, wait, deliveriesMax, ackPendingMax);
  }

  /// The same with another number of deliveries.
  public ConsumerSpec withDeliveriesMax(int deliveries) {
    return new ConsumerSpec(stream, durable, pattern, from, ackWait, deliveries, ackPendingMax);
  }

  /// The same with another number of open deliveries.
  public ConsumerSpec withAckPendingMax(int deliveries) {
    return new ConsumerSpec(stream, durable, pattern, from, ackWait, deliveriesMax, deliveries);
  }
}
