package dev.reeve.conformance.parity;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.reeve.testing.RepositoryRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A request of the table with what must become of it.
///
/// @param text what is asked: a prompt, an input, a comment in a program
/// @param tenant empty for the default
/// @param labels `$via` in a value stands for the way in
/// @param expected in every API, but for those of [#differs]
/// @param differs by dialect, where its contract demands something else; the table says which line
record ParityCase(
    String name,
    String text,
    String topic,
    String tenant,
    List<String> riskTags,
    Map<String, String> labels,
    Expected expected,
    Map<String, Expected> differs) {
  static final Path FOLDER = RepositoryRoot.path().resolve("conformance/src/test/resources/parity");

  /// @param verdict allowed, denied, held, throttled, refused or withheld
  /// @param rule that decided, or the code of what did
  record Expected(String verdict, String rule) {}

  /// The whole table.
  static List<ParityCase> all() {
    try {
      List<ParityCase> cases = new ArrayList<>();
      for (JsonElement row :
          JsonParser.parseString(Files.readString(FOLDER.resolve("requests.json")))
              .getAsJsonArray()) {
        cases.add(of(row.getAsJsonObject()));
      }
      return cases;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Expected expected(Via via) {
    return differs.getOrDefault(via.dialect(), expected);
  }

  private static ParityCase of(JsonObject row) {
    List<String> tags = new ArrayList<>();
    JsonArray given = row.has("risk_tags") ? row.getAsJsonArray("risk_tags") : new JsonArray();
    given.forEach(tag -> tags.add(tag.getAsString()));
    Map<String, String> labels = new TreeMap<>();
    members(row, "labels").forEach((key, value) -> labels.put(key, value.getAsString()));
    Map<String, Expected> differs = new TreeMap<>();
    members(row, "differs").forEach((key, value) -> differs.put(key, expected(value)));
    return new ParityCase(
        row.get("name").getAsString(),
        row.get("text").getAsString(),
        row.get("topic").getAsString(),
        row.has("tenant") ? row.get("tenant").getAsString() : "",
        tags,
        labels,
        expected(row),
        differs);
  }

  private static Map<String, JsonElement> members(JsonObject row, String name) {
    return row.has(name) ? row.getAsJsonObject(name).asMap() : Map.of();
  }

  private static Expected expected(JsonElement of) {
    JsonObject object = of.getAsJsonObject();
    return new Expected(object.get("verdict").getAsString(), object.get("rule").getAsString());
  }
}
