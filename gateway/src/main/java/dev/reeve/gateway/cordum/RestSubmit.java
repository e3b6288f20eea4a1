package dev.reeve.gateway.cordum;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
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
      case "prompt" -> out.setPrompt(RestJson.text(name, value));
      case "topic" -> out.setTopic(RestJson.text(name, value));
      case "adapter_id" -> out.setAdapterId(RestJson.text(name, value));
      case "priority" -> out.setPriority(RestJson.text(name, value));
      case "tenant_id", "org_id" -> out.setOrgId(tenant(out.getOrgId(), name, value));
      case "team_id" -> out.setTeamId(RestJson.text(name, value));
      case "project_id" -> out.setProjectId(RestJson.text(name, value));
      case "principal_id" -> out.setPrincipalId(RestJson.text(name, value));
      case "idempotency_key" -> out.setIdempotencyKey(RestJson.text(name, value));
      case "actor_id" -> out.setActorId(RestJson.text(name, value));
      case "actor_type" -> out.setActorType(RestJson.text(name, value));
      case "pack_id" -> out.setPackId(RestJson.text(name, value));
      case "capability" -> out.setCapability(RestJson.text(name, value));
      case "memory_id" -> out.setMemoryId(RestJson.text(name, value));
      case "risk_tags" -> out.addAllRiskTags(RestJson.texts(name, value));
      case "requires" -> out.addAllRequires(RestJson.texts(name, value));
      case "tags" -> tags(RestJson.texts(name, value));
      case "labels" ->
          RestJson.members(name, value)
              .forEach(
                  (label, text) -> out.putLabels(label, RestJson.text("labels." + label, text)));
      default -> other(out, name, value);
    }
  }

  private static void other(SubmitJobRequest.Builder out, String name, JsonElement value) {
    if (NUMBERS.contains(name)) {
      long number = RestJson.number(name, value);
      if (name.equals("deadline_ms")) {
        out.setDeadlineMs(number);
      }
    } else if (!HINTS.contains(name)) {
      throw RestJson.unknown(name);
    }
  }

  private static String tenant(String before, String name, JsonElement value) {
    String tenant = RestJson.text(name, value);
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
}
