package dev.reeve.bus;

import dev.reeve.base.Bytes;
import dev.reeve.service.bus.BusMessage;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Our messages and those of the NATS client.
final class NatsMessages {
  private NatsMessages() {}

  static Message out(BusMessage message) {
    NatsMessage.Builder out =
        NatsMessage.builder().subject(message.subject()).data(message.bytes().unsafeArray());
    if (message.wantsReply()) {
      out.replyTo(message.replyTo());
    }
    if (!message.headers().isEmpty()) {
      Headers headers = new Headers();
      message.headers().forEach((name, value) -> headers.add(name, value));
      out.headers(headers);
    }
    return out.build();
  }

  static BusMessage in(Message message) {
    String replyTo = message.isJetStream() ? null : message.getReplyTo();
    return new BusMessage(
        message.getSubject(),
        replyTo == null ? "" : replyTo,
        headers(message),
        Bytes.wrap(message.getData()));
  }

  private static Map<String, String> headers(Message message) {
    if (!message.hasHeaders()) {
      return Map.of();
    }
    Map<String, String> headers = new LinkedHashMap<>();
    for (Map.Entry<String, List<String>> header : message.getHeaders().entrySet()) {
      if (!header.getValue().isEmpty()) {
        headers.put(header.getKey(), header.getValue().getFirst());
      }
    }
    return headers;
  }
}
