package dev.reeve.gateway.cordum;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.reeve.base.Bytes;
import dev.reeve.gateway.GatewayProblems;
import dev.reeve.gateway.ProtoJson;
import dev.reeve.wire.cordum.agent.v1.PolicyCheckRequest;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// A question to the policy in the JSON of the contract's HTTP surface: proto JSON but for words in
/// place of enums, `effective_config` as the object it is, and members beside those of the message.
final class RestQuestion {
  /// Members that are taken and say nothing to us.
  private static final Set<String> HINTS = Set.of("team_id");

  /// Members that policy knows as labels.
  private static final Set<String> LABELS = Set.of("workflow_id", "step_id");

  private static final Set<String> PRIORITIES = Set.of("interactive", "batch", "critical");
  private static final Set<String> ACTOR_TYPES = Set.of("human", "service");

  private RestQuestion() {}

  /// @throws dev.reeve.base.ProblemException `JSON_INVALID` or `REQUEST_INVALID`, naming the member
  static PolicyCheckRequest read(JsonObject body) {
    JsonObject proto = new JsonObject();
    body.asMap()
        .forEach((name, value) -> {
          boolean own = HINTS.contains(name) || LABELS.contains(name) || name.equals("org_id");
          if (!own && !value.isJsonNull()) {
            proto.add(name, member(name, value));
          }
        });
    PolicyCheckRequest.Builder out =
        ProtoJson.read(proto.toString(), PolicyCheckRequest.newBuilder());
    for (String label : LABELS) {
      String value = RestJson.text(body, label);
      if (!value.isEmpty() && !out.containsLabels(label)) {
        out.putLabels(label, value);
      }
    }
    String org = RestJson.text(body, "org_id");
    if (!org.isEmpty() && !out.getTenant().isEmpty() && !org.equals(out.getTenant())) {
      throw GatewayProblems.REQUEST_INVALID
          .field("org_id", org, "the same as tenant")
          .toException();
    }
    return out.getTenant().isEmpty() ? out.setTenant(org).build() : out.build();
  }

  private static JsonElement member(String name, JsonElement value) {
    return switch (name) {
      case "priority" -> word(name, value, PRIORITIES, "JOB_PRIORITY_");
      case "effective_config" -> text(base64(RestJson.members(name, value), value));
      case "meta" -> meta(RestJson.members(name, value));
      default -> value;
    };
  }

  private static JsonElement meta(Map<String, JsonElement> given) {
    JsonObject out = new JsonObject();
    given.forEach((name, value) ->
        out.add(
            name,
            name.equals("actor_type")
                ? word("meta.actor_type", value, ACTOR_TYPES, "ACTOR_TYPE_")
                : value));
    return out;
  }

  private static JsonElement word(
      String name, JsonElement value, Set<String> words, String prefix) {
    String word = RestJson.text(name, value);
    if (word.isEmpty()) {
      return text(prefix + "UNSPECIFIED");
    }
    if (!words.contains(word)) {
      throw GatewayProblems.REQUEST_INVALID
          .field(name, word, "one of " + String.join(", ", words.stream().sorted().toList()))
          .toException();
    }
    return text(prefix + word.toUpperCase(Locale.ROOT));
  }

  private static String base64(Map<String, JsonElement> checked, JsonElement value) {
    return checked.isEmpty()
        ? ""
        : Base64.getEncoder().encodeToString(Bytes.utf8(value.toString()).toArray());
  }

  private static JsonElement text(String value) {
    return new JsonPrimitive(value);
  }
}
