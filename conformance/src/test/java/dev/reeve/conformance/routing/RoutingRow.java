package dev.reeve.conformance.routing;

import com.google.gson.JsonObject;

/// One row of the table.
///
/// @param id unique over all files
/// @param contract the section that fixes the answer
/// @param why what the row is there for
/// @param row everything that is written in it
record RoutingRow(String id, String contract, String why, JsonObject row) {
  static RoutingRow of(JsonObject row, String contract) {
    String own = row.has("contract") ? row.get("contract").getAsString() : contract;
    return new RoutingRow(row.get("id").getAsString(), own, row.get("why").getAsString(), row);
  }

  /// What must come out.
  JsonObject want() {
    return row.getAsJsonObject("want");
  }

  /// How long the line is held back after the one before it.
  int pauseMillis() {
    return row.has("after_ms") ? row.get("after_ms").getAsInt() : 0;
  }

  /// Throws unless the answer is what is wanted: in words that lead with the id, so that a log can
  /// be searched for it.
  void check(JsonObject want, String asked, JsonObject answer) {
    JsonWant.unmet("answer", want, answer)
        .ifPresent(unmet -> {
          throw new AssertionError(
              "%s (%s) %s%n  expected %s%n  got: %s%n  asked: %s"
                  .formatted(id, contract, why, unmet, shorten(answer.toString()), shorten(asked)));
        });
  }

  private static String shorten(String text) {
    return text.length() <= 1_500 ? text : text.substring(0, 1_500) + "...";
  }
}
