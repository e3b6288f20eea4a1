package dev.reeve.server.offline;

import dev.reeve.base.Text;
import dev.reeve.governance.cif.JsonText;
import dev.reeve.governance.cif.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// The members of a JSON object, read strictly; what is wrong is an [IllegalArgumentException] that
/// names it. A member may also be written as `maxRequestSize` or `max_request_size`.
record Members(String path, Map<String, JsonValue> values) {
  static Members of(String path, JsonValue value) {
    if (value instanceof JsonValue.Members members) {
      return new Members(path, members.values());
    }
    throw wrong(path, value, "an object");
  }

  /// Refuses other members than these.
  Members allow(Set<String> names) {
    for (String name : values.keySet()) {
      if (names.stream().noneMatch(known -> isSame(known, name))) {
        String nearest = Text.nearest(name, names);
        throw new IllegalArgumentException(
            path
                + Text.quoteForMessage(name)
                + ": unknown member"
                + (nearest.isEmpty() ? "" : "; did you mean " + nearest + "?"));
      }
    }
    return this;
  }

  Optional<JsonValue> value(String name) {
    return values.entrySet().stream()
        .filter(member -> isSame(name, member.getKey()))
        .map(Map.Entry::getValue)
        .filter(value -> !(value instanceof JsonValue.Absent))
        .findFirst();
  }

  String text(String name) {
    return value(name).map(value -> text(path + name, value)).orElse("");
  }

  static String text(String where, JsonValue value) {
    if (value instanceof JsonValue.Text text) {
      return text.value();
    }
    throw wrong(where, value, "a string");
  }

  OptionalLong number(String name) {
    Optional<JsonValue> value = value(name);
    if (value.isEmpty()) {
      return OptionalLong.empty();
    }
    if (value.get() instanceof JsonValue.Numeral number) {
      try {
        return OptionalLong.of(new BigDecimal(number.literal()).longValueExact());
      } catch (ArithmeticException e) {
        throw wrong(path + name, value.get(), "a whole number");
      }
    }
    throw wrong(path + name, value.get(), "a whole number");
  }

  boolean truth(String name, boolean otherwise) {
    Optional<JsonValue> value = value(name);
    if (value.isEmpty()) {
      return otherwise;
    }
    if (value.get() instanceof JsonValue.Truth truth) {
      return truth.value();
    }
    throw wrong(path + name, value.get(), "true or false");
  }

  Optional<Members> members(String name) {
    return value(name).map(value -> of(path + name + ".", value));
  }

  List<JsonValue> items(String name) {
    Optional<JsonValue> value = value(name);
    if (value.isEmpty()) {
      return List.of();
    }
    if (value.get() instanceof JsonValue.Items items) {
      return items.values();
    }
    throw wrong(path + name, value.get(), "an array");
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    items(name).forEach(item -> texts.add(text(path + name, item)));
    return texts;
  }

  static IllegalArgumentException wrong(String where, JsonValue value, String expected) {
    return new IllegalArgumentException(
        where
            + ": "
            + Text.quoteForMessage(
                value instanceof JsonValue.Text text ? text.value() : JsonText.write(value))
            + " (expected: "
            + expected
            + ")");
  }

  private static boolean isSame(String known, String name) {
    return known.equals(name) || name.equals(camel(known));
  }

  private static String camel(String name) {
    StringBuilder camel = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      boolean after = i > 0 && name.charAt(i - 1) == '_';
      if (name.charAt(i) != '_') {
        camel.append(after ? Character.toUpperCase(name.charAt(i)) : name.charAt(i));
      }
    }
    return camel.toString();
  }
}
