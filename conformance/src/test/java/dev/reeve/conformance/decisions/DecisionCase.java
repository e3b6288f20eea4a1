package dev.reeve.conformance.decisions;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;
import java.util.Optional;

/// One row of the table.
///
/// @param id unique over all files
/// @param contract the section that fixes the answer
/// @param why what the row is there for
/// @param row everything else that is written in it
record DecisionCase(String id, String contract, String why, JsonObject row) {
  static DecisionCase of(JsonObject row, String contract) {
    String own = row.has("contract") ? row.get("contract").getAsString() : contract;
    return new DecisionCase(row.get("id").getAsString(), own, row.get("why").getAsString(), row);
  }

  /// What must come out.
  JsonObject want() {
    return row.getAsJsonObject("want");
  }

  /// The line that goes in: as written, or the members of `in` over those that its group shares.
  String line(JsonObject shared) {
    if (row.has("line")) {
      return row.get("line").getAsString();
    }
    JsonObject line = shared.deepCopy();
    if (row.has("in")) {
      row.getAsJsonObject("in").entrySet().forEach(e -> line.add(e.getKey(), e.getValue()));
    }
    return TableFile.json(line);
  }

  /// Throws when an answer is not what must come out: in words that lead with the id, so that a log
  /// can be searched for it.
  void check(JsonObject answer) {
    Optional<Map.Entry<String, JsonElement>> unmet = Expectation.unmet("answer", want(), answer);
    if (unmet.isPresent()) {
      throw new AssertionError(
          "%s (%s) %s%n  expected %s: %s%n  got: %s"
              .formatted(
                  id,
                  contract,
                  why,
                  unmet.get().getKey(),
                  TableFile.json(unmet.get().getValue()),
                  shorten(TableFile.json(answer))));
    }
  }

  private static String shorten(String text) {
    return text.length() <= 2_000 ? text : text.substring(0, 2_000) + "...";
  }
}
