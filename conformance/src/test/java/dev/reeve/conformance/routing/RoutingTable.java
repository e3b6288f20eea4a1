package dev.reeve.conformance.routing;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Reads one file of the table. `{"$repeat": ["x", 3]}` becomes the text `xxx`.
final class RoutingTable {
  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

  private RoutingTable() {}

  static List<RoutingGroup> read(String file) {
    try (InputStream in =
        Objects.requireNonNull(
            RoutingTable.class.getResourceAsStream("/routing/" + file + ".json"), file)) {
      List<RoutingGroup> groups = new ArrayList<>();
      JsonElement json = JsonParser.parseReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      expand(json)
          .getAsJsonArray()
          .forEach(group -> groups.add(RoutingGroup.of(group.getAsJsonObject())));
      return groups;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String json(JsonElement element) {
    return GSON.toJson(element);
  }

  private static JsonElement expand(JsonElement element) {
    if (element instanceof JsonArray array) {
      JsonArray expanded = new JsonArray();
      array.forEach(item -> expanded.add(expand(item)));
      return expanded;
    }
    if (!(element instanceof JsonObject object)) {
      return element;
    }
    if (object.has("$repeat")) {
      JsonArray repeat = object.getAsJsonArray("$repeat");
      return new JsonPrimitive(repeat.get(0).getAsString().repeat(repeat.get(1).getAsInt()));
    }
    JsonObject expanded = new JsonObject();
    object.entrySet().forEach(member -> expanded.add(member.getKey(), expand(member.getValue())));
    return expanded;
  }
}
