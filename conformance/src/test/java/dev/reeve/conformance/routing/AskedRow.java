package dev.reeve.conformance.routing;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Map;

/// A row in the form that it is asked in.
///
/// @param row what is written
/// @param form how it is asked
/// @param number its place in the run
record AskedRow(RoutingRow row, RequestForm form, int number) {
  String line() {
    return RoutingTable.json(form.line(row, number));
  }

  /// Throws unless the answer is what is wanted; `others` are the answers of this run by row.
  void check(JsonObject answer, Map<String, JsonObject> others) {
    if (row.want().isEmpty()) {
      return;
    }
    JsonObject want =
        row.want().has("error")
            ? form.failed(number, error())
            : form.decided(number, decision(others));
    row.check(want, line(), answer);
  }

  /// The provider of an answer.
  static String provider(JsonObject answer) {
    JsonObject decision = answer.has("decision") ? answer.getAsJsonObject("decision") : answer;
    return decision.has("provider_id") ? decision.get("provider_id").getAsString() : "";
  }

  private JsonObject error() {
    if (row.want().get("error").isJsonObject()) {
      return row.want().getAsJsonObject("error");
    }
    JsonObject error = new JsonObject();
    error.add("code", row.want().get("error"));
    error.add("intake_error_code", JsonWant.absent());
    return error;
  }

  private JsonObject decision(Map<String, JsonObject> others) {
    String[] words = row.want().get("decision").getAsString().split(" ", -1);
    JsonObject decision = new JsonObject();
    if (row.want().has("same_as")) {
      JsonObject other = others.get(row.want().get("same_as").getAsString());
      decision.addProperty("provider_id", other == null ? "none" : provider(other));
    } else {
      decision.add("provider_id", any(words[0]));
    }
    if (!words[1].equals("*")) {
      decision.addProperty("reason", words[1]);
    }
    if (words.length > 2) {
      decision.addProperty("priority", Integer.valueOf(words[2]));
    }
    switch (words[1]) {
      case "fallback" -> decision.addProperty("fallback_used", true);
      case "weighted", "sticky", "policy" -> {
        JsonObject falseOrAbsent = new JsonObject();
        JsonArray either = new JsonArray();
        either.add(false);
        either.add(JsonWant.absent());
        falseOrAbsent.add("$any", either);
        decision.add("fallback_used", falseOrAbsent);
      }
      default -> {}
    }
    if (row.want().has("metadata")) {
      decision.add("metadata", row.want().get("metadata"));
    }
    return decision;
  }

  private static JsonObject any(String providers) {
    JsonArray ids = new JsonArray();
    for (String id : providers.split("\\|", -1)) {
      ids.add(id);
    }
    JsonObject any = new JsonObject();
    any.add("$any", ids);
    return any;
  }
}
