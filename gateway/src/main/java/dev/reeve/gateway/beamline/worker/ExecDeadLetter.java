package dev.reeve.gateway.beamline.worker;

import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import dev.reeve.base.Sha256;
import dev.reeve.service.bus.BusMessage;
import dev.reeve.service.bus.DeadLetters;
import dev.reeve.service.bus.Delivery;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntSupplier;

/// What stands on `caf.exec.dlq.v1`, or another subject of this API, for a message that could not
/// be handled: the envelope of the contract, by its reason.
///
/// @param subject where the letters go
/// @param node names this server
/// @param wholeMessage whether the message itself is in it when it fits
/// @param sizeMax bytes of a message of the bus
/// @param readers throws what is wrong with a message, by its subject
/// @param ids `tenant_id` and `trace_id` that a message itself names, for those that its headers do
///   not
record ExecDeadLetter(
    String subject,
    InstantSource clock,
    String node,
    boolean wholeMessage,
    IntSupplier sizeMax,
    Map<String, Consumer<Bytes>> readers,
    Function<Bytes, Map<String, String>> ids)
    implements DeadLetters.Form {
  private static final String TRACE_ID = ExecHeaders.TRACE_ID;
  private static final String TENANT_ID = ExecHeaders.TENANT_ID;

  /// What headers and quotes take at most beside the two parts.
  private static final int HEADERS_SIZE = 4_096;

  /// The same about other messages, of which nobody knows what is wrong.
  ///
  /// @param to where the letters go
  ExecDeadLetter about(String to, Function<Bytes, Map<String, String>> named) {
    return new ExecDeadLetter(to, clock, node, wholeMessage, sizeMax, Map.of(), named);
  }

  @Override
  public BusMessage letter(Delivery delivery, DeadLetters.Reason reason) {
    BusMessage message = delivery.message();
    Map<String, String> known = new LinkedHashMap<>(ids.apply(message.bytes()));
    known.putAll(message.headers());
    ExecHeaders from = ExecHeaders.of(known);
    String word = reason.name().toLowerCase(Locale.ROOT);
    String id = id(delivery);
    long now = clock.millis();
    ExecJson letter =
        new ExecJson()
            .put("original_subject", message.subject())
            .put("msg_id", id)
            .put("reason", word)
            .put("error_code", reason.name())
            .put("timestamp", now)
            .putGiven(TRACE_ID, from.traceId())
            .putGiven(TENANT_ID, from.tenantId());
    defect(message).ifPresent(problem -> defect(letter, message, problem, now));
    if (wholeMessage) {
      putFitting(letter, message(id, message));
    }
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(DeadLetters.REASON_HEADER, word);
    headers.put(DeadLetters.MESSAGE_ID_HEADER, id);
    headers.put(DeadLetters.SUBJECT_HEADER, message.subject());
    putGiven(headers, TRACE_ID, from.traceId());
    putGiven(headers, TENANT_ID, from.tenantId());
    return new BusMessage(subject, "", headers, Bytes.utf8(letter.text()));
  }

  private void putFitting(ExecJson letter, ExecJson message) {
    int size = Bytes.utf8(letter.text()).size() + Bytes.utf8(message.text()).size();
    if (size + HEADERS_SIZE < sizeMax.getAsInt()) {
      letter.put("message", message);
    }
  }

  private static void putGiven(Map<String, String> headers, String name, String value) {
    if (!value.isEmpty() && AssignmentPublisher.isPrintable(value)) {
      headers.put(name, value);
    }
  }

  private static String id(Delivery delivery) {
    String given = delivery.message().headers().getOrDefault(DeadLetters.DEDUPE_HEADER, "");
    return given.isEmpty() ? delivery.stream() + ":" + delivery.sequence() : given;
  }

  /// What is wrong with the message itself.
  private Optional<Problem> defect(BusMessage message) {
    try {
      readers.getOrDefault(message.subject(), _ -> {}).accept(message.bytes());
      return Optional.empty();
    } catch (ProblemException e) {
      return Optional.of(e.problem());
    }
  }

  private void defect(ExecJson letter, BusMessage message, Problem problem, long now) {
    letter
        .put("original_payload_hash", Sha256.of(message.bytes()).hex())
        .put(
            "validation_error",
            new ExecJson()
                .put("code", problem.reason())
                .put("message", problem.message())
                .put("severity", "error"))
        .put("context", new ExecJson().put("validation_stage", "schema"))
        .put("received_at", now)
        .put("router_node_id", node);
  }

  private static ExecJson message(String id, BusMessage message) {
    WorkerOutput payload = new WorkerOutput("text/plain", message.bytes());
    ExecJson out =
        new ExecJson()
            .put("id", id)
            .put("subject", message.subject())
            .put("headers", message.headers())
            .put("payload", payload.value());
    return out.putGiven(WorkerOutput.ENCODING, payload.encoding());
  }
}
