package dev.reeve.gateway.beamline.worker;

import dev.reeve.base.Bytes;
import dev.reeve.governance.cif.JsonText;
import dev.reeve.governance.cif.JsonValue;
import dev.reeve.service.JsonDocuments;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/// Bytes that travel as one JSON value, either way: text as a string, a JSON document as itself,
/// anything else as base64, which the metadata then say.
///
/// @param contentType media type of the bytes
record WorkerOutput(String contentType, Bytes bytes) {
  /// Name in the metadata beside the value.
  static final String ENCODING = "payload_encoding";

  /// Value of [#ENCODING] for bytes that are no text.
  static final String BASE64 = "base64";

  private static final String JSON = "application/json";
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String OCTETS = "application/octet-stream";

  /// What a value stands for.
  ///
  /// @param encoding what the metadata say of it; empty when nothing
  /// @return empty when the encoding is not kept
  static Optional<WorkerOutput> of(JsonValue value, String encoding) {
    if (!(value instanceof JsonValue.Text text)) {
      return Optional.of(new WorkerOutput(JSON, Bytes.utf8(JsonText.write(value))));
    }
    if (!encoding.equals(BASE64)) {
      return Optional.of(new WorkerOutput(TEXT, Bytes.utf8(text.value())));
    }
    try {
      return Optional.of(
          new WorkerOutput(OCTETS, Bytes.wrap(Base64.getDecoder().decode(text.value()))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// Bytes of which nobody said what they are.
  static WorkerOutput ofUnnamed(Bytes bytes) {
    String type =
        JsonDocuments.isResult(bytes)
            ? JSON
            : JsonDocuments.utf8(bytes).isPresent() ? TEXT : OCTETS;
    return new WorkerOutput(type, bytes);
  }

  /// How it travels: empty when it is plain text or JSON, which is text too.
  String encoding() {
    return asText().isEmpty() ? BASE64 : "";
  }

  JsonValue value() {
    return asJson()
        .orElseGet(() ->
            new JsonValue.Text(
                asText().orElseGet(() -> Base64.getEncoder().encodeToString(bytes.unsafeArray()))));
  }

  private Optional<JsonValue> asJson() {
    String type = contentType.toLowerCase(Locale.ROOT);
    boolean mayBe = type.isEmpty() || type.startsWith(JSON) || type.contains("+json");
    return mayBe && JsonDocuments.isResult(bytes)
        ? JsonDocuments.utf8(bytes).flatMap(JsonText::parse).filter(WorkerOutput::isDocument)
        : Optional.empty();
  }

  /// A string would be read back as text, so it goes as one.
  private static boolean isDocument(JsonValue value) {
    return !(value instanceof JsonValue.Text);
  }

  private Optional<String> asText() {
    return JsonDocuments.utf8(bytes);
  }
}
