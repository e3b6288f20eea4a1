package dev.reeve.gateway.beamline;

import com.google.protobuf.ByteString;
import dev.reeve.governance.cif.JsonText;
import dev.reeve.governance.cif.JsonValue;
import dev.reeve.wire.beamline.flow.v1.Message;
import dev.reeve.wire.beamline.flow.v1.RouteConstraints;
import dev.reeve.wire.beamline.flow.v1.RouteRequest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Turns each form of a JSON request into the one message that is decided.
final class RouteForms {
  /// Name in the metadata of a message for where its payload is, when it is not in it.
  static final String PAYLOAD_REF = "payload_ref";

  private static final String PAYLOAD_ENCODING = "payload_encoding";
  private static final int PROVIDERS_MAX = 100;

  private RouteForms() {}

  /// In which form it is; by its members alone.
  static RouteForm formOf(RouteMembers all) {
    boolean named = all.has("version") || all.has("request_id") || all.has("tenant_id");
    if (all.has("task") || (named && !all.has("message"))) {
      return RouteForm.ROUTER;
    }
    return named ? RouteForm.GATEWAY : RouteForm.SEED;
  }

  /// What its answer needs; what is malformed is left out.
  static RouteCall.Address address(RouteMembers all, RouteHeaders given) {
    RouteForm form = formOf(all);
    Map<String, JsonValue> inner = inner(all);
    String request =
        RouteHeaders.over(textOf(all.values(), "request_id"), textOf(inner, "message_id"));
    String trace = RouteHeaders.over(textOf(all.values(), "trace_id"), textOf(inner, "trace_id"));
    return new RouteCall.Address(
        form,
        RouteHeaders.over(given.requestId(), request),
        RouteHeaders.over(given.traceId(), trace));
  }

  /// Whose request it is, and of which trace; what is malformed is left out.
  static Map<String, String> ids(RouteMembers all) {
    Map<String, JsonValue> inner = inner(all);
    Map<String, String> ids = new LinkedHashMap<>();
    for (String name : new String[] {"tenant_id", "trace_id"}) {
      String id = RouteHeaders.over(textOf(all.values(), name), textOf(inner, name));
      if (!id.isEmpty()) {
        ids.put(name, id);
      }
    }
    return ids;
  }

  private static Map<String, JsonValue> inner(RouteMembers all) {
    return all.value("message").orElse(new JsonValue.Absent()) instanceof JsonValue.Members members
        ? members.values()
        : Map.of();
  }

  private static String textOf(Map<String, JsonValue> values, String name) {
    return values.get(name) instanceof JsonValue.Text text ? text.value() : "";
  }

  /// The message of the contract.
  ///
  /// @throws dev.reeve.base.ProblemException `SCHEMA_VALIDATION_FAILED`
  static RouteRequest.Builder request(RouteForm form, RouteMembers all, RouteHeaders given) {
    Message message =
        switch (form) {
          case SEED -> message(all.required("message"), all, given, false);
          case GATEWAY -> message(all.required("message"), all, given, true);
          case ROUTER -> task(all, given);
        };
    RouteRequest.Builder request =
        RouteRequest.newBuilder()
            .setMessage(message)
            .setPolicyId(all.text("policy_id"))
            .setIdempotencyKey(
                RouteHeaders.over(all.text("idempotency_key"), message.getIdempotencyKey()))
            .setRequestId(RouteHeaders.over(given.requestId(), all.text("request_id")))
            .addAllFallbackOrder(all.texts("fallback_order", PROVIDERS_MAX))
            .setDryRun(all.truth("dry_run"));
    Optional<RouteMembers> _ = all.members("options");
    all.members("constraints").ifPresent(limits -> request.setConstraints(constraints(limits)));
    all.members("context").ifPresent(context -> context(request, context));
    return request;
  }

  /// What of a request the work of a provider is made of, if it is to be given at once.
  static Optional<RouteCall.Push> push(RouteForm form, RouteMembers all) {
    if (!all.truth("push_assignment")) {
      return Optional.empty();
    }
    RouteMembers work = all.required(form == RouteForm.ROUTER ? "task" : "message");
    return Optional.of(
        new RouteCall.Push(
            all.text("assignment_subject"),
            work.text(PAYLOAD_REF),
            work.value("payload").map(JsonText::write).orElse(""),
            all.value("options").map(JsonText::write).orElse(""),
            all.value("metadata").map(JsonText::write).orElse("")));
  }

  private static Message message(
      RouteMembers members, RouteMembers all, RouteHeaders given, boolean outerHolds) {
    Message.Builder message = Message.newBuilder().setMessageId(members.text("message_id"));
    RouteMembers outer = outerHolds ? all : members;
    String tenant = RouteHeaders.over(outer.text("tenant_id"), members.text("tenant_id"));
    ids(message, outer, members, given);
    message
        .setTenantId(tenant(RouteHeaders.over(given.tenantId(), tenant), members))
        .setMessageType(members.requiredText("message_type"))
        .setTimestampMs(members.integer("timestamp_ms"))
        .setSpanId(members.text("span_id"));
    members.members("metadata").ifPresent(metadata -> metadata(message, metadata));
    if (outerHolds) {
      all.members("metadata").ifPresent(metadata -> metadata(message, metadata));
    }
    if (!members.has("payload")) {
      throw members.missing("payload", "text, an object or a list");
    }
    return payload(message, members).build();
  }

  private static String tenant(String tenant, RouteMembers members) {
    return tenant.isEmpty() ? members.requiredText("tenant_id") : tenant;
  }

  private static Message task(RouteMembers all, RouteHeaders given) {
    all.requiredText("request_id");
    RouteMembers task = all.required("task");
    Message.Builder message = Message.newBuilder().setMessageId(all.text("request_id"));
    ids(message, all, all, given);
    message
        .setTenantId(tenant(RouteHeaders.over(given.tenantId(), all.text("tenant_id")), all))
        .setMessageType(task.requiredText("type"));
    all.members("metadata").ifPresent(metadata -> metadata(message, metadata));
    String reference = task.text(PAYLOAD_REF);
    if (!reference.isEmpty()) {
      message.putMetadata(PAYLOAD_REF, reference);
    } else if (!task.has("payload")) {
      throw RouteMembers.wrong("task.payload", "a payload, or payload_ref");
    }
    return payload(message, task).build();
  }

  private static void ids(
      Message.Builder message, RouteMembers outer, RouteMembers inner, RouteHeaders given) {
    String trace = RouteHeaders.over(outer.text("trace_id"), inner.text("trace_id"));
    message
        .setTraceId(RouteHeaders.over(given.traceId(), trace))
        .setRunId(RouteHeaders.over(outer.text("run_id"), inner.text("run_id")))
        .setFlowId(RouteHeaders.over(outer.text("flow_id"), inner.text("flow_id")))
        .setStepId(RouteHeaders.over(outer.text("step_id"), inner.text("step_id")))
        .setIdempotencyKey(inner.text("idempotency_key"));
  }

  /// Text is text, unless the metadata say that it is base64; any other JSON is its compact form.
  private static Message.Builder payload(Message.Builder message, RouteMembers members) {
    Optional<JsonValue> payload = members.value("payload");
    if (payload.isEmpty()) {
      return message;
    }
    String text = RouteMembers.asText(payload.get());
    boolean encoded =
        payload.get() instanceof JsonValue.Text
            && message.getMetadataOrDefault(PAYLOAD_ENCODING, "").equals("base64");
    try {
      return message.setPayload(
          encoded
              ? ByteString.copyFrom(Base64.getDecoder().decode(text))
              : ByteString.copyFromUtf8(text));
    } catch (IllegalArgumentException e) {
      throw RouteMembers.wrong(members.path() + "payload", "base64, as payload_encoding says");
    }
  }

  private static void metadata(Message.Builder message, RouteMembers metadata) {
    metadata
        .values()
        .forEach((name, value) -> {
          if (!(value instanceof JsonValue.Absent)) {
            message.putMetadata(name, RouteMembers.asText(value));
          }
        });
  }

  private static RouteConstraints constraints(RouteMembers limits) {
    RouteConstraints.Builder constraints =
        RouteConstraints.newBuilder().setMaxLatencyMs(limits.integer("max_latency_ms"));
    limits.real("max_cost").ifPresent(constraints::setMaxCost);
    constraints.addAllOnly(limits.texts("only", PROVIDERS_MAX));
    constraints.addAllIgnore(limits.texts("ignore", PROVIDERS_MAX));
    if (constraints.getMaxLatencyMs() < 0 || constraints.getMaxCost() < 0) {
      throw limits.wrong("nothing below 0");
    }
    return constraints.build();
  }

  /// Texts go where the contract has room for them, everything else beside it.
  private static void context(RouteRequest.Builder request, RouteMembers context) {
    Map<String, JsonValue> others = new LinkedHashMap<>();
    context
        .values()
        .forEach((name, value) -> {
          switch (value) {
            case JsonValue.Text text -> request.putContext(name, text.value());
            case JsonValue.Absent _ -> {}
            case JsonValue.Numeral _, JsonValue.Truth _, JsonValue.Items _, JsonValue.Members _ ->
                others.put(name, value);
          }
        });
    if (!others.isEmpty()) {
      request.setContextJson(
          ByteString.copyFromUtf8(JsonText.write(new JsonValue.Members(others))));
    }
  }
}
