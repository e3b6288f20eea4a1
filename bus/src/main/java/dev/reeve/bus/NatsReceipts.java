package dev.reeve.bus;

import dev.reeve.base.ProblemException;
import dev.reeve.service.bus.BusProblems;
import dev.reeve.service.bus.PublishReceipt;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.api.PublishAck;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads what brokers acknowledge. Each durable message brings one of these, so the usual form is
/// read without making a document of it.
final class NatsReceipts {
  private static final String BEGIN = "{\"stream\":\"";
  private static final String THEN = "\",";
  private static final String ERROR = "\"error\"";
  private static final String SEQUENCE = "\"seq\":";
  private static final String DUPLICATE = "\"duplicate\":";
  private static final int DIGITS_MAX = 18;

  private NatsReceipts() {}

  /// @throws dev.reeve.base.ProblemException `BUS_UNAVAILABLE` when the broker did not keep the
  ///   message, `BUS_ANSWER_FOREIGN` when it was somebody else who answered
  static PublishReceipt read(Message answer, String subject) {
    byte[] data = answer.getData();
    String text = data == null ? "" : new String(data, StandardCharsets.ISO_8859_1);
    @Nullable PublishReceipt usual = usual(text);
    if (usual != null) {
      return usual;
    }
    try {
      PublishAck ack = new PublishAck(answer);
      return new PublishReceipt(ack.getStream(), ack.getSeqno(), ack.isDuplicate());
    } catch (JetStreamApiException e) {
      // The client takes what it cannot read for a refusal.
      throw text.contains(ERROR)
          ? Outgoing.unavailable(
              "the broker did not keep the message on " + subject, String.valueOf(e.getMessage()))
          : foreign(subject);
    } catch (IOException e) {
      throw foreign(subject);
    }
  }

  /// For instance of a worker that acknowledges as if a stream had handed the message to it.
  private static ProblemException foreign(String subject) {
    return BusProblems.BUS_ANSWER_FOREIGN
        .because("a listener on " + subject + " answered in place of the broker")
        .toException();
  }

  /// `{"stream":"NAME", "seq":N}`, with `"duplicate": true` or a domain after it.
  ///
  /// @return null when it is anything else
  static @Nullable PublishReceipt usual(String text) {
    if (!text.startsWith(BEGIN) || text.contains(ERROR)) {
      return null;
    }
    int nameEnd = text.indexOf('"', BEGIN.length());
    if (nameEnd < 0 || !text.startsWith(THEN, nameEnd) || text.indexOf('\\') >= 0) {
      return null;
    }
    int member = blanks(text, nameEnd + THEN.length());
    if (!text.startsWith(SEQUENCE, member)) {
      return null;
    }
    int start = blanks(text, member + SEQUENCE.length());
    int end = start;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    if (end == start || end - start > DIGITS_MAX) {
      return null;
    }
    int duplicate = text.indexOf(DUPLICATE, end);
    return new PublishReceipt(
        text.substring(BEGIN.length(), nameEnd),
        Long.parseLong(text, start, end, 10),
        duplicate >= 0 && text.startsWith("true", blanks(text, duplicate + DUPLICATE.length())));
  }

  private static int blanks(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    return at;
  }
}
