package dev.reeve.service.bus;

import dev.reeve.base.Bytes;
import java.util.Map;
import java.util.Objects;

/// A message. Immutable.
///
/// @param subject where it goes or came in, without wildcards
/// @param replyTo the subject on which an answer is awaited; empty for none
/// @param headers by name, whose case counts; of a repeated one the first
/// @param bytes the payload
public record BusMessage(String subject, String replyTo, Map<String, String> headers, Bytes bytes) {
  public BusMessage {
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(replyTo, "replyTo");
    Objects.requireNonNull(bytes, "bytes");
    headers = Map.copyOf(headers);
  }

  /// A message without headers that awaits no answer.
  public static BusMessage of(String subject, Bytes bytes) {
    return new BusMessage(subject, "", Map.of(), bytes);
  }

  /// The same, with other headers.
  public BusMessage withHeaders(Map<String, String> others) {
    return new BusMessage(subject, replyTo, others, bytes);
  }

  /// The same, awaiting answers there.
  public BusMessage withReplyTo(String inbox) {
    return new BusMessage(subject, inbox, headers, bytes);
  }

  /// Whether an answer is awaited.
  public boolean wantsReply() {
    return !replyTo.isEmpty();
  }

  /// The answer to this message. Only for one that wants it.
  public BusMessage reply(Bytes answer) {
    return BusMessage.of(replyTo, answer);
  }

  /// What counts against the size limit: payload and headers as they travel.
  public int size() {
    int size = bytes.size();
    for (Map.Entry<String, String> header : headers.entrySet()) {
      size += header.getKey().length() + header.getValue().length() + 3;
    }
    return headers.isEmpty() ? size : size + HEADER_FRAME;
  }

  /// Length of the first and last line of a header block.
  private static final int HEADER_FRAME = 12;
}
