package dev.reeve.bus;

import dev.reeve.base.Check;
import dev.reeve.base.ProblemException;
import dev.reeve.service.bus.BusMessage;
import dev.reeve.service.bus.BusProblems;
import dev.reeve.service.bus.DeadLetters;
import dev.reeve.service.bus.Subjects;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// What every bus checks before it sends, and how it refuses.
final class Outgoing {
  private static final int MESSAGE_ID_LENGTH_MAX = 256;
  private static final Duration RETRY = Duration.ofSeconds(1);

  private Outgoing() {}

  /// Refuses what no broker takes.
  static void check(BusMessage message, int sizeMax) {
    Subjects.requireSubject(message.subject());
    message.headers().forEach(Outgoing::checkHeader);
    if (message.size() > sizeMax) {
      throw BusProblems.BUS_MESSAGE_TOO_LARGE
          .because(
              "message on "
                  + message.subject()
                  + ": "
                  + message.size()
                  + " bytes (expected: at most "
                  + sizeMax
                  + ")")
          .toException();
    }
  }

  private static void checkHeader(String name, String value) {
    boolean good = !name.isEmpty();
    for (int i = 0; good && i < name.length(); i++) {
      char c = name.charAt(i);
      good = c > ' ' && c < 0x7f && c != ':';
    }
    if (!good) {
      throw BusProblems.BUS_HEADER_INVALID
          .field("header", name, "printable ASCII without blanks and colons")
          .toException();
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < ' ' && c != '\t') || c >= 0x7f) {
        throw BusProblems.BUS_HEADER_INVALID
            .field("header " + name, value, "printable ASCII")
            .toException();
      }
    }
  }

  /// The message with its id as a header.
  static BusMessage named(BusMessage message, String messageId) {
    Check.argument(
        !messageId.isEmpty() && messageId.length() <= MESSAGE_ID_LENGTH_MAX,
        "message_id: %s (expected: 1 to %s characters)",
        messageId,
        MESSAGE_ID_LENGTH_MAX);
    Map<String, String> headers = new LinkedHashMap<>(message.headers());
    headers.put(DeadLetters.DEDUPE_HEADER, messageId);
    return message.withHeaders(headers);
  }

  static ProblemException noStream(String subject) {
    return BusProblems.BUS_NO_STREAM
        .because("no stream keeps " + subject)
        .withRetryAfter(RETRY)
        .toException();
  }

  static ProblemException noResponders(String subject) {
    return BusProblems.BUS_NO_RESPONDERS
        .because("nobody listens on " + subject)
        .withRetryAfter(RETRY)
        .toException();
  }

  static ProblemException timeout(String subject, Duration timeout) {
    return BusProblems.BUS_REQUEST_TIMEOUT
        .because("no answer on " + subject + " within " + timeout.toMillis() + " ms")
        .toException();
  }

  /// @param detail for the log
  static ProblemException answerLost(String message, String detail) {
    return BusProblems.BUS_ANSWER_LOST.because(message).withDetail(detail).toException();
  }

  /// @param detail for the log
  static ProblemException unavailable(String message, String detail) {
    return BusProblems.BUS_UNAVAILABLE
        .because(message)
        .withDetail(detail)
        .withRetryAfter(RETRY)
        .toException();
  }
}
