package dev.reeve.gateway.openai;

import dev.reeve.governance.cif.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Short words for trees of JSON.
final class Json {
  static final JsonValue NOTHING = new JsonValue.Absent();

  private Json() {}

  static JsonValue text(String text) {
    return new JsonValue.Text(text);
  }

  static JsonValue number(long value) {
    return new JsonValue.Numeral(Long.toString(value));
  }

  static JsonValue list(List<? extends JsonValue> items) {
    return new JsonValue.Items(List.copyOf(items));
  }

  /// An object of these members, in their order.
  ///
  /// @param members name, value, name, value
  static Map<String, JsonValue> members(Object... members) {
    Map<String, JsonValue> out = new LinkedHashMap<>();
    for (int i = 0; i < members.length; i += 2) {
      Object value = members[i + 1];
      out.put((String) members[i], value instanceof JsonValue tree ? tree : text((String) value));
    }
    return out;
  }

  /// An object of these members, in their order.
  static JsonValue.Members object(Object... members) {
    return new JsonValue.Members(members(members));
  }

  /// A member, or `null` where it is not there.
  static JsonValue at(@Nullable JsonValue tree, String name) {
    return tree instanceof JsonValue.Members object
        ? object.values().getOrDefault(name, NOTHING)
        : NOTHING;
  }

  /// The text of a member; empty where there is none.
  static String textAt(@Nullable JsonValue tree, String name) {
    return at(tree, name) instanceof JsonValue.Text text ? text.value() : "";
  }

  /// The entries of a member; none where it is no list.
  static List<JsonValue> itemsAt(@Nullable JsonValue tree, String name) {
    return at(tree, name) instanceof JsonValue.Items items ? items.values() : List.of();
  }

  /// The value, or another where it is `null`.
  static JsonValue or(JsonValue value, JsonValue otherwise) {
    return value instanceof JsonValue.Absent ? otherwise : value;
  }
}
