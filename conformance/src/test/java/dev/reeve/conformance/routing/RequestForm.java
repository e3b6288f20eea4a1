package dev.reeve.conformance.routing;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Arrays;
import java.util.Locale;

/// The three forms of request that share one subject. A row that says what it asks, and not how, is
/// asked in each of them, and must be answered in kind.
enum RequestForm {
  /// A bare RouteRequest, answered by a bare RouteDecision.
  ROUTE_REQUEST,
  /// A DecideRequest with a task, answered in an envelope.
  DECIDE_REQUEST,
  /// A message beside version and ids, answered in an envelope.
  ENVELOPED_MESSAGE;

  private static final String TEXT = "{\"text\": \"Hello, world!\"}";
  private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";

  static RequestForm of(String name) {
    return Arrays.stream(values())
        .filter(form -> form.title().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(name + " (expected: one of the README)"));
  }

  String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether these questions can be put in this form: only a DecideRequest has constraints, and a
  /// context with more than texts.
  boolean canAsk(RoutingRow row) {
    boolean hasConstraints = row.row().getAsJsonObject("ask").has("constraints");
    boolean hasTextsAlone =
        context(row).entrySet().stream().allMatch(member -> member.getValue().isJsonPrimitive());
    return this == DECIDE_REQUEST || (hasTextsAlone && !hasConstraints);
  }

  /// The line of a row, the `number`-th of its run.
  JsonObject line(RoutingRow row, int number) {
    JsonObject ask = row.row().getAsJsonObject("ask");
    String tenant = ask.has("tenant") ? ask.get("tenant").getAsString() : "acme";
    JsonObject line = new JsonObject();
    switch (this) {
      case ROUTE_REQUEST -> line.add("message", message(number, tenant, new JsonPrimitive(TEXT)));
      case DECIDE_REQUEST -> {
        envelope(line, number, tenant);
        JsonObject task = new JsonObject();
        task.addProperty("type", "chat");
        task.add("payload", payload());
        line.add("task", task);
      }
      case ENVELOPED_MESSAGE -> {
        envelope(line, number, tenant);
        line.add("message", message(number, tenant, payload()));
      }
    }
    if (ask.has("policy_id")) {
      line.add("policy_id", ask.get("policy_id"));
    }
    if (ask.has("constraints")) {
      line.add("constraints", ask.get("constraints"));
    }
    if (ask.has("context")) {
      line.add("context", this == DECIDE_REQUEST ? ask.get("context") : texts(context(row)));
    }
    return line;
  }

  /// What the whole answer must be for a decision that is wanted.
  JsonObject decided(int number, JsonObject decision) {
    if (this == ROUTE_REQUEST) {
      JsonObject bare = decision.deepCopy();
      bare.remove("fallback_used");
      bare.add("ok", JsonWant.absent());
      bare.add("decision", JsonWant.absent());
      return bare;
    }
    JsonObject want = new JsonObject();
    want.addProperty("ok", true);
    want.add("decision", decision);
    want.add("context", context(number));
    want.add("error", JsonWant.absent());
    return want;
  }

  /// What the whole answer must be for an error that is wanted.
  JsonObject failed(int number, JsonObject error) {
    JsonObject want = new JsonObject();
    want.addProperty("ok", false);
    want.add("error", error);
    want.add("decision", JsonWant.absent());
    want.add("provider_id", JsonWant.absent());
    if (this != ROUTE_REQUEST) {
      want.add("context", context(number));
    }
    return want;
  }

  private static JsonObject context(RoutingRow row) {
    JsonObject ask = row.row().getAsJsonObject("ask");
    return ask.has("context") ? ask.getAsJsonObject("context") : new JsonObject();
  }

  private static JsonObject texts(JsonObject context) {
    JsonObject texts = new JsonObject();
    for (var member : context.entrySet()) {
      texts.addProperty(member.getKey(), member.getValue().getAsString());
    }
    return texts;
  }

  private static JsonObject context(int number) {
    JsonObject context = new JsonObject();
    context.addProperty("request_id", requestId(number));
    context.addProperty("trace_id", TRACE_ID);
    return context;
  }

  private static void envelope(JsonObject line, int number, String tenant) {
    line.addProperty("version", "1");
    line.addProperty("tenant_id", tenant);
    line.addProperty("request_id", requestId(number));
    line.addProperty("trace_id", TRACE_ID);
  }

  private static JsonObject message(int number, String tenant, JsonElement payload) {
    JsonObject message = new JsonObject();
    message.addProperty("message_id", "msg_" + number);
    message.addProperty("tenant_id", tenant);
    message.addProperty("message_type", "chat");
    message.add("payload", payload);
    return message;
  }

  private static JsonObject payload() {
    JsonObject payload = new JsonObject();
    payload.addProperty("text", "Hello, world!");
    return payload;
  }

  private static String requestId(int number) {
    return "0d5f4ac6-3c0e-4b8e-9f64-%012d".formatted(number);
  }
}
