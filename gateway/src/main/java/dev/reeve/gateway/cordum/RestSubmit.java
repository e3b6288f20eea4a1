package dev.reeve.gateway.cordum;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.reeve.base.Text;
import dev.reeve.gateway.FieldChecks;
import dev.reeve.gateway.GatewayProblems;
import dev.reeve.wire.cordum.v1.SubmitJobRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A submit of the contract's HTTP surface. Members of the wrong kind and unknown ones are refused.
final class RestSubmit {
  private static final int TAGS_MAX = 50;
  private static final Set<String> NUMBERS =
      Set.of("max_input_tokens", "max_output_tokens", "max_total_tokens", "deadline_ms");

  /// Members that are taken and say nothing to us yet.
  private static final Set<String> HINTS =
      Set.of("context", "context_mode", "allow_summarization", "allow_retrieval");

  private RestSubmit() {}

  /// @throws dev.reeve.base.ProblemException `JSON_INVALID` or `REQUEST_INVALID`
  static SubmitJobRequest.Builder read(JsonObject body) {
    SubmitJobRequest.Builder out = SubmitJobRequest.newBuilder();
    for (Map.Entry<String, JsonElement> member : body.entrySet()) {
      JsonElement value = member.getValue();
      if (!value.isJsonNull()) {
        set(out, member.getKey(), value);
      }
    }
    return out;
  }

  private static void set(SubmitJobRequest.Builder out, String name, JsonElement value) {
    switch (name) {
      case "prompt" -> out.setPrompt(text(name, value));
      case "topic" -> out.setTopic(text(name, value));
      case "adapter_id" -> out.setAdapterId(text(name, value));
      case "priority" -> out.setPriority(text(name, value));
      case "tenant_id", "org_id" -> out.setOrgId(tenant(out.getOrgId(), name, value));
      case "team_id" -> out.setTeamId(text(name, value));
      case "project_id" -> out.setProjectId(text(name, value));
      case "principal_id" -> out.setPrincipalId(text(name, value));
      case "idempotency_key" -> out.setIdempotencyKey(text(name, value));
      case "actor_id" -> out.setActorId(text(name, value));
      case "actor_type" -> out.setActorType(text(name, value));
      case "pack_id" -> out.setPackId(text(name, value));
      case "capability" -> out.setCapability(text(name, value));
      case "memory_id" -> out.setMemoryId(text(name, value));
      case "risk_tags" -> out.addAllRiskTags(texts(name, value));
      case "requires" -> out.addAllRequires(texts(name, value));
      case "tags" -> tags(texts(name, value));
      case "labels" ->
          object(name, value)
              .forEach((label, text) -> out.putLabels(label, text("labels." + label, text)));
      default -> other(out, name, value);
    }
  }

  private static void other(SubmitJobRequest.Builder out, String name, JsonElement value) {
    if (NUMBERS.contains(name)) {
      long number = number(name, value);
      if (name.equals("deadline_ms")) {
        out.setDeadlineMs(number);
      }
    } else if (!HINTS.contains(name)) {
      throw GatewayProblems.JSON_INVALID
          .because("body: " + Text.quoteForMessage(name) + " is unknown (expected: a known member)")
          .toException();
    }
  }

  private static String tenant(String before, String name, JsonElement value) {
    String tenant = text(name, value);
    new FieldChecks(GatewayProblems.REQUEST_INVALID)
        .require(
            before.isEmpty() || before.equals(tenant), name, tenant, "the same as the other one")
        .throwIfAny();
    return tenant;
  }

  private static void tags(List<String> tags) {
    new FieldChecks(GatewayProblems.REQUEST_INVALID)
        .require(tags.size() <= TAGS_MAX, "tags", tags.size() + " tags", "at most 50")
        .throwIfAny();
  }

  private static long number(String name, JsonElement value) {
    if (value instanceof JsonPrimitive primitive && primitive.isNumber()) {
      double number = primitive.getAsDouble();
      if (number >= 0 && number <= 9e15 && number == Math.rint(number)) {
        return (long) number;
      }
    }
    throw GatewayProblems.REQUEST_INVALID
        .field(name, value.toString(), "a whole number from 0")
        .toException();
  }

  private static String text(String name, JsonElement value) {
    if (value instanceof JsonPrimitive primitive && primitive.isString()) {
      return primitive.getAsString();
    }
    throw GatewayProblems.JSON_INVALID.field(name, value.toString(), "a text").toException();
  }

  private static List<String> texts(String name, JsonElement value) {
    if (value instanceof JsonArray array) {
      return array.asList().stream().map(item -> text(name, item)).toList();
    }
    throw GatewayProblems.JSON_INVALID
        .field(name, value.toString(), "a list of texts")
        .toException();
  }

  private static Map<String, JsonElement> object(String name, JsonElement value) {
    if (value instanceof JsonObject object) {
      return object.asMap();
    }
    throw GatewayProblems.JSON_INVALID.field(name, value.toString(), "an object").toException();
  }
}
