package dev.reeve.conformance.routing;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

/// Rows that are asked in one run of the command, in their order.
///
/// @param title what they have in common
/// @param command what `reeve route` is asked to do with the lines
/// @param policies the policy files of that run, by policy id
/// @param forms the forms of request that the rows are asked in, a run for each
/// @param rows the rows
record RoutingGroup(
    String title,
    String command,
    JsonObject policies,
    List<RequestForm> forms,
    List<RoutingRow> rows) {
  RoutingGroup {
    forms = List.copyOf(forms);
    rows = List.copyOf(rows);
  }

  static RoutingGroup of(JsonObject group) {
    String contract = group.get("contract").getAsString();
    List<RoutingRow> rows = new ArrayList<>();
    for (JsonElement row : group.getAsJsonArray("cases")) {
      rows.add(RoutingRow.of(row.getAsJsonObject(), contract));
    }
    List<RequestForm> forms = new ArrayList<>();
    if (group.has("forms")) {
      group.getAsJsonArray("forms").forEach(form -> forms.add(RequestForm.of(form.getAsString())));
    } else {
      forms.addAll(List.of(RequestForm.values()));
    }
    JsonObject policies =
        group.has("policies") ? group.getAsJsonObject("policies") : new JsonObject();
    String command = group.has("command") ? group.get("command").getAsString() : "decide";
    return new RoutingGroup(group.get("group").getAsString(), command, policies, forms, rows);
  }

  /// Whether the rows are written as lines, which are asked as they are, once.
  boolean isLines() {
    return rows.getFirst().row().has("line");
  }
}
