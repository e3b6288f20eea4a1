package dev.reeve.gateway.beamline;

import com.google.protobuf.ByteString;
import dev.reeve.base.Bytes;
import dev.reeve.governance.cif.JsonText;
import dev.reeve.governance.cif.JsonValue;
import dev.reeve.routing.RouteCaller;
import dev.reeve.routing.RouteConstraints;
import dev.reeve.routing.RouteQuestion;
import dev.reeve.wire.beamline.flow.v1.Message;
import dev.reeve.wire.beamline.flow.v1.RouteRequest;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Turns a `RouteRequest` into a question to the router.
final class RouteQuestions {
  private RouteQuestions() {}

  /// Without the payload, which extensions alone look at: see [#payload].
  ///
  /// @param correlationId by which the caller follows the call; may be empty
  /// @throws dev.reeve.base.ProblemException `MISSING_MESSAGE` or `MISSING_TENANT_ID` when the
  ///   request lacks them, `SCHEMA_VALIDATION_FAILED` when it names no type of message or its
  ///   context is no JSON object
  static RouteQuestion of(
      RouteRequest request, String correlationId, RouteCaller caller, RouteQuestion.Mode mode) {
    if (!request.hasMessage()) {
      throw BeamlineProblems.MISSING_MESSAGE
          .because("message: missing (expected: a message to route)")
          .withField("message", "expected: a message to route")
          .toException();
    }
    Message message = request.getMessage();
    if (message.getTenantId().isEmpty()) {
      throw BeamlineProblems.MISSING_TENANT_ID
          .because("message.tenant_id: missing (expected: a tenant)")
          .withField("message.tenant_id", "expected: a tenant")
          .toException();
    }
    if (message.getMessageType().isEmpty()) {
      throw BeamlineProblems.SCHEMA_VALIDATION_FAILED
          .because("message.message_type: missing (expected: a kind of task, such as chat)")
          .withField("message.message_type", "expected: a kind of task")
          .toException();
    }
    return new RouteQuestion(
        message.getTenantId(),
        request.getPolicyId(),
        message.getMessageType(),
        requestId(request, correlationId),
        message.getTraceId(),
        context(request),
        new HashMap<>(message.getMetadataMap()),
        "",
        request.hasConstraints() ? constraints(request) : RouteConstraints.NONE,
        request.getFallbackOrderList(),
        caller,
        mode);
  }

  private static String requestId(RouteRequest request, String correlationId) {
    String own = request.getRequestId().isEmpty() ? correlationId : request.getRequestId();
    return own.isEmpty() ? request.getMessage().getMessageId() : own;
  }

  /// The question with the payload that extensions look at: JSON as its value, text as text, other
  /// bytes as base64.
  static RouteQuestion withPayload(RouteQuestion question, RouteRequest request) {
    return question.withPayload(payload(request.getMessage().getPayload()));
  }

  private static Object payload(ByteString payload) {
    if (!payload.isValidUtf8()) {
      return Base64.getEncoder().encodeToString(payload.toByteArray());
    }
    String text = payload.toStringUtf8();
    Optional<JsonValue> tree = JsonText.parse(text);
    return tree.filter(value -> value instanceof JsonValue.Members)
        .map(RouteJson::plain)
        .orElse(text);
  }

  private static Map<String, Object> context(RouteRequest request) {
    if (request.getContextJson().isEmpty()) {
      return Map.copyOf(request.getContextMap());
    }
    Map<String, Object> context = new LinkedHashMap<>(request.getContextMap());
    JsonValue others =
        RouteJson.parse(Bytes.wrap(request.getContextJson().toByteArray()), RouteIntake.BYTES_MAX);
    context.putAll(RouteJson.plain(RouteMembers.of("context_json.", others).values()));
    return context;
  }

  private static RouteConstraints constraints(RouteRequest request) {
    dev.reeve.wire.beamline.flow.v1.RouteConstraints asked = request.getConstraints();
    boolean wrong =
        asked.getMaxLatencyMs() < 0 || !(asked.getMaxCost() >= 0 && asked.getMaxCost() < 1e300);
    if (wrong) {
      throw RouteMembers.wrong("constraints", "numbers that are not below 0");
    }
    return new RouteConstraints(
        asked.getMaxLatencyMs() == 0 ? Double.POSITIVE_INFINITY : asked.getMaxLatencyMs(),
        asked.hasMaxCost() ? asked.getMaxCost() : Double.POSITIVE_INFINITY,
        Set.copyOf(asked.getOnlyList()),
        Set.copyOf(asked.getIgnoreList()));
  }
}
