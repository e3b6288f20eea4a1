package dev.reeve.conformance.decisions;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

/// Rows that are asked in one run of one command, in their order.
///
/// @param title what they have in common
/// @param settings the files and options of that run
/// @param cases the rows
record DecisionGroup(String title, JsonObject settings, List<DecisionCase> cases) {
  DecisionGroup {
    cases = List.copyOf(cases);
  }

  static DecisionGroup of(JsonObject group) {
    String contract = group.get("contract").getAsString();
    List<DecisionCase> cases = new ArrayList<>();
    group
        .getAsJsonArray("cases")
        .forEach(row -> cases.add(DecisionCase.of(row.getAsJsonObject(), contract)));
    return new DecisionGroup(group.get("group").getAsString(), group, cases);
  }

  /// Members that every line of the group has.
  JsonObject shared() {
    return settings.has("shared") ? settings.getAsJsonObject("shared") : new JsonObject();
  }
}
