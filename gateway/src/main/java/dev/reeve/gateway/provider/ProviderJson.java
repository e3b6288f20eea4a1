package dev.reeve.gateway.provider;

import com.google.protobuf.ByteString;
import dev.reeve.base.Bytes;
import dev.reeve.governance.cif.JsonText;
import dev.reeve.governance.cif.JsonValue;
import dev.reeve.service.provider.ProviderProblems;
import dev.reeve.wire.beamline.provider.v1.ProviderRequest;
import dev.reeve.wire.beamline.provider.v1.ProviderResponse;
import dev.reeve.wire.beamline.provider.v1.StreamChunk;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Messages of providers as JSON of the bus: names in snake_case, 64-bit integers as numbers, bytes
/// as text, or in base64 where they are none, with `payload_encoding: base64` in the metadata.
final class ProviderJson {
  private static final String ENCODING = "payload_encoding";
  private static final String BASE64 = "base64";

  private ProviderJson() {}

  /// @throws dev.reeve.base.ProblemException `MODEL_REQUEST_INVALID`
  static ProviderRequest request(Bytes bytes) {
    Map<String, JsonValue> in = members(bytes);
    Map<String, String> metadata = texts(in, "metadata");
    ProviderRequest.Builder request =
        ProviderRequest.newBuilder()
            .setProviderId(text(in, "provider_id"))
            .setMessageId(text(in, "message_id"))
            .setTenantId(text(in, "tenant_id"))
            .setTraceId(text(in, "trace_id"))
            .setBody(content(in, "body", metadata))
            .putAllParameters(texts(in, "parameters"))
            .setTimestampMs(number(in, "timestamp_ms").longValue());
    metadata.remove(ENCODING);
    return request.putAllMetadata(metadata).build();
  }

  static String text(ProviderRequest request) {
    Map<String, JsonValue> out = new LinkedHashMap<>();
    Map<String, String> metadata = new LinkedHashMap<>(request.getMetadataMap());
    out.put("provider_id", new JsonValue.Text(request.getProviderId()));
    out.put("message_id", new JsonValue.Text(request.getMessageId()));
    out.put("tenant_id", new JsonValue.Text(request.getTenantId()));
    out.put("trace_id", new JsonValue.Text(request.getTraceId()));
    out.put("body", content(request.getBody(), metadata));
    out.put("parameters", object(request.getParametersMap()));
    out.put("metadata", object(metadata));
    out.put("timestamp_ms", number(request.getTimestampMs()));
    return written(out);
  }

  /// @throws dev.reeve.base.ProblemException `MODEL_REQUEST_INVALID`
  static ProviderResponse response(Bytes bytes) {
    Map<String, JsonValue> in = members(bytes);
    Map<String, String> metadata = texts(in, "metadata");
    return ProviderResponse.newBuilder()
        .setRequestId(text(in, "request_id"))
        .setStatus(text(in, "status"))
        .setBody(content(in, "body", metadata))
        .putAllMetadata(metadata)
        .setLatencyMs(number(in, "latency_ms").longValue())
        .setCost(number(in, "cost").doubleValue())
        .setErrorCode(text(in, "error_code"))
        .setErrorMessage(text(in, "error_message"))
        .setTimestampMs(number(in, "timestamp_ms").longValue())
        .build();
  }

  static String text(ProviderResponse response) {
    Map<String, JsonValue> out = new LinkedHashMap<>();
    Map<String, String> metadata = new LinkedHashMap<>(response.getMetadataMap());
    out.put("request_id", new JsonValue.Text(response.getRequestId()));
    out.put("status", new JsonValue.Text(response.getStatus()));
    out.put("body", content(response.getBody(), metadata));
    out.put("metadata", object(metadata));
    out.put("latency_ms", number(response.getLatencyMs()));
    out.put("cost", new JsonValue.Numeral(decimal(response.getCost())));
    if (!response.getErrorCode().isEmpty()) {
      out.put("error_code", new JsonValue.Text(response.getErrorCode()));
      out.put("error_message", new JsonValue.Text(response.getErrorMessage()));
    }
    out.put("timestamp_ms", number(response.getTimestampMs()));
    return written(out);
  }

  /// @throws dev.reeve.base.ProblemException `MODEL_REQUEST_INVALID`
  static StreamChunk chunk(Bytes bytes) {
    Map<String, JsonValue> in = members(bytes);
    Map<String, String> metadata = texts(in, "metadata");
    return StreamChunk.newBuilder()
        .setRequestId(text(in, "request_id"))
        .setData(content(in, "data", metadata))
        .setDone(in.get("done") instanceof JsonValue.Truth done && done.value())
        .putAllMetadata(metadata)
        .build();
  }

  static String text(StreamChunk chunk) {
    Map<String, JsonValue> out = new LinkedHashMap<>();
    Map<String, String> metadata = new LinkedHashMap<>(chunk.getMetadataMap());
    out.put("request_id", new JsonValue.Text(chunk.getRequestId()));
    out.put("data", content(chunk.getData(), metadata));
    out.put("done", new JsonValue.Truth(chunk.getDone()));
    out.put("metadata", object(metadata));
    return written(out);
  }

  /// The members of a document.
  static Map<String, JsonValue> members(Bytes bytes) {
    if (JsonText.parse(bytes.utf8()).orElse(new JsonValue.Absent())
        instanceof JsonValue.Members members) {
      return members.values();
    }
    throw ProviderProblems.MODEL_REQUEST_INVALID
        .because("message: no JSON object (expected: one JSON object)")
        .toException();
  }

  /// The text of a member; empty when it is none.
  static String text(Map<String, JsonValue> in, String name) {
    return in.get(name) instanceof JsonValue.Text text ? text.value() : "";
  }

  /// The members of a member; what is no text is its JSON.
  static Map<String, String> texts(Map<String, JsonValue> in, String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (in.get(name) instanceof JsonValue.Members members) {
      members
          .values()
          .forEach((key, value) -> {
            if (!(value instanceof JsonValue.Absent)) {
              texts.put(
                  key, value instanceof JsonValue.Text text ? text.value() : JsonText.write(value));
            }
          });
    }
    return texts;
  }

  /// A number, also as text; 0 when it is none.
  static BigDecimal number(Map<String, JsonValue> in, String name) {
    String literal =
        switch (in.get(name)) {
          case JsonValue.Numeral numeral -> numeral.literal();
          case JsonValue.Text text -> text.value();
          case null, default -> "";
        };
    return literal.matches("-?\\d{1,18}(\\.\\d{1,18})?(e-?\\d{1,2})?")
        ? new BigDecimal(literal)
        : BigDecimal.ZERO;
  }

  static JsonValue number(long value) {
    return new JsonValue.Numeral(Long.toString(value));
  }

  static JsonValue object(Map<String, String> texts) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    texts.forEach((name, value) -> members.put(name, new JsonValue.Text(value)));
    return new JsonValue.Members(members);
  }

  static String written(Map<String, JsonValue> members) {
    return JsonText.write(new JsonValue.Members(members));
  }

  private static ByteString content(
      Map<String, JsonValue> in, String name, Map<String, String> metadata) {
    JsonValue value = in.getOrDefault(name, new JsonValue.Absent());
    if (!(value instanceof JsonValue.Text text)) {
      return value instanceof JsonValue.Absent
          ? ByteString.EMPTY
          : ByteString.copyFromUtf8(JsonText.write(value));
    }
    if (!metadata.getOrDefault(ENCODING, "").equals(BASE64)) {
      return ByteString.copyFromUtf8(text.value());
    }
    try {
      return ByteString.copyFrom(Base64.getDecoder().decode(text.value()));
    } catch (IllegalArgumentException e) {
      throw ProviderProblems.MODEL_REQUEST_INVALID
          .because(name + ": no base64 (expected: what " + ENCODING + " says)")
          .toException();
    }
  }

  private static JsonValue content(ByteString bytes, Map<String, String> metadata) {
    Optional<String> text = utf8(bytes);
    if (text.isEmpty()) {
      metadata.put(ENCODING, BASE64);
    }
    return new JsonValue.Text(
        text.orElseGet(() -> Base64.getEncoder().encodeToString(bytes.toByteArray())));
  }

  private static Optional<String> utf8(ByteString bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes.toByteArray()))
              .toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static String decimal(double value) {
    return Double.isFinite(value) ? BigDecimal.valueOf(value).toPlainString() : "0";
  }
}
