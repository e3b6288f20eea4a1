package dev.reeve.conformance.parity;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/// A way in: how it carries what the table says, in proto JSON and metadata.
enum Via {
  MATHISON("mathison"),
  EIGEN_SEED("eigen"),
  EIGEN_LATER("eigen"),
  CORDUM("cordum"),
  REEVE("reeve"),
  REEVE_JSON("reeve");

  private static final String CIRCUIT =
      """
      OPENQASM 2.0;
      // TEXT
      include "qelib1.inc";
      qreg q[1];
      creg c[1];
      h q[0];
      measure q -> c;
      """;

  private final String dialect;

  Via(String dialect) {
    this.dialect = dialect;
  }

  String dialect() {
    return dialect;
  }

  /// Metadata of the call: what the message itself has no place for.
  Map<String, String> headers(ParityCase request) {
    Map<String, String> headers = new TreeMap<>();
    if (!request.tenant().isEmpty()) {
      headers.put("x-tenant-id", request.tenant());
    }
    if (this == MATHISON) {
      if (!request.riskTags().isEmpty()) {
        headers.put("x-reeve-risk-tags", String.join(",", request.riskTags()));
      }
      labels(request).forEach((key, value) -> headers.put("x-reeve-label-" + key, value));
    }
    return headers;
  }

  /// The message, in proto JSON.
  ///
  /// @param jobId where the message has a place for one
  String request(ParityCase request, String jobId) {
    JsonObject message = new JsonObject();
    switch (this) {
      case MATHISON -> {
        message.addProperty("job_type", request.topic());
        message.addProperty("inputs", base64(prompt(request)));
        message.addProperty("job_id", jobId);
      }
      case EIGEN_SEED, EIGEN_LATER -> eigen(message, request);
      case CORDUM -> {
        message.addProperty("prompt", request.text());
        message.addProperty("topic", request.topic());
        facts(message, request);
      }
      case REEVE, REEVE_JSON -> {
        message.addProperty("topic", request.topic());
        message.addProperty("payload", base64(prompt(request)));
        message.addProperty("content_type", "application/json");
        facts(message, request);
      }
    }
    return message.toString();
  }

  private void eigen(JsonObject message, ParityCase request) {
    message.addProperty("name", "parity");
    message.addProperty("target", "sim:local");
    JsonObject program = new JsonObject();
    program.addProperty("source", base64(CIRCUIT.replace("TEXT", request.text())));
    message.add("qasm", program);
    JsonObject metadata = new JsonObject();
    metadata.addProperty("topic", request.topic());
    if (!request.riskTags().isEmpty()) {
      metadata.addProperty("risk_tags", String.join(",", request.riskTags()));
    }
    labels(request).forEach((key, value) -> metadata.addProperty("label." + key, value));
    message.add("metadata", metadata);
  }

  private void facts(JsonObject message, ParityCase request) {
    JsonArray tags = new JsonArray();
    request.riskTags().forEach(tags::add);
    message.add("risk_tags", tags);
    JsonObject labels = new JsonObject();
    labels(request).forEach(labels::addProperty);
    message.add("labels", labels);
  }

  private Map<String, String> labels(ParityCase request) {
    Map<String, String> labels = new TreeMap<>(request.labels());
    labels.replaceAll((_, value) -> value.replace("$via", name()));
    return labels;
  }

  private static String prompt(ParityCase request) {
    JsonObject prompt = new JsonObject();
    prompt.addProperty("prompt", request.text());
    return prompt.toString();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
