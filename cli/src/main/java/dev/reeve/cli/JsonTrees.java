package dev.reeve.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns values of a YAML file into JSON.
final class JsonTrees {
  private static final int DEPTH_MAX = 64;

  private JsonTrees() {}

  /// Throws an [IllegalArgumentException] for what JSON has no place for: keys that are no text,
  /// numbers that are not finite, more than 64 levels.
  static JsonElement of(@Nullable Object value) {
    return of(value, 0);
  }

  private static JsonElement of(@Nullable Object value, int depth) {
    if (depth > DEPTH_MAX) {
      throw new IllegalArgumentException("more than " + DEPTH_MAX + " levels deep");
    }
    return switch (value) {
      case null -> JsonNull.INSTANCE;
      case String text -> new JsonPrimitive(text);
      case Boolean truth -> new JsonPrimitive(truth);
      case Double number when !Double.isFinite(number) ->
          throw new IllegalArgumentException(number + " is no number in JSON");
      case Number number -> new JsonPrimitive(number);
      case List<?> elements -> array(elements, depth);
      case Map<?, ?> members -> object(members, depth);
      default ->
          throw new IllegalArgumentException(
              value.getClass().getSimpleName() + " has no form in JSON");
    };
  }

  private static JsonArray array(List<?> elements, int depth) {
    JsonArray array = new JsonArray();
    elements.forEach(element -> array.add(of(element, depth + 1)));
    return array;
  }

  private static JsonObject object(Map<?, ?> members, int depth) {
    JsonObject object = new JsonObject();
    members.forEach((key, member) -> {
      if (!(key instanceof String name)) {
        throw new IllegalArgumentException("key " + key + " is no text");
      }
      object.add(name, of(member, depth + 1));
    });
    return object;
  }
}
