package dev.reeve.gateway.beamline;

import dev.reeve.base.ProblemException;
import dev.reeve.base.Text;
import dev.reeve.governance.cif.JsonText;
import dev.reeve.governance.cif.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The members of a JSON object of a routing request, read by type. `null` is as if it were absent;
/// members that nobody asks for do not matter. What is wrong is `SCHEMA_VALIDATION_FAILED`.
///
/// @param path of the object, with a dot at its end; empty for the whole request
record RouteMembers(String path, Map<String, JsonValue> values) {
  private static final int NUMERAL_LENGTH_MAX = 40;

  static RouteMembers of(String path, JsonValue value) {
    if (value instanceof JsonValue.Members members) {
      return new RouteMembers(path, members.values());
    }
    throw wrong(path.isEmpty() ? "request" : path.substring(0, path.length() - 1), "an object");
  }

  Optional<JsonValue> value(String name) {
    JsonValue value = values.get(name);
    return value == null || value instanceof JsonValue.Absent
        ? Optional.empty()
        : Optional.of(value);
  }

  boolean has(String name) {
    return value(name).isPresent();
  }

  /// The text of a member; empty when it is absent.
  String text(String name) {
    Optional<JsonValue> value = value(name);
    if (value.isEmpty()) {
      return "";
    }
    if (value.get() instanceof JsonValue.Text text && Text.isUnicode(text.value())) {
      return text.value();
    }
    throw wrong(path + name, "a string");
  }

  String requiredText(String name) {
    String text = text(name);
    if (text.isEmpty()) {
      throw missing(name, "a string");
    }
    return text;
  }

  ProblemException missing(String name, String expected) {
    return BeamlineProblems.SCHEMA_VALIDATION_FAILED
        .because(path + name + ": missing (expected: " + expected + ")")
        .with("field", path + name)
        .with("reason", "missing_" + name)
        .toException();
  }

  RouteMembers required(String name) {
    return members(name).orElseThrow(() -> missing(name, "an object"));
  }

  Optional<RouteMembers> members(String name) {
    return value(name).map(value -> of(path + name + ".", value));
  }

  boolean truth(String name) {
    Optional<JsonValue> value = value(name);
    if (value.isEmpty()) {
      return false;
    }
    if (value.get() instanceof JsonValue.Truth truth) {
      return truth.value();
    }
    throw wrong(path + name, "true or false");
  }

  /// A whole number, or a text of one as other languages write 64 bits.
  long integer(String name) {
    Optional<JsonValue> value = value(name);
    if (value.isEmpty()) {
      return 0;
    }
    try {
      return number(name, value.get(), true).longValueExact();
    } catch (ArithmeticException e) {
      throw wrong(path + name, "a whole number of 64 bits");
    }
  }

  Optional<Double> real(String name) {
    return value(name)
        .map(value -> {
          double real = number(name, value, false).doubleValue();
          if (!Double.isFinite(real)) {
            throw wrong(path + name, "a number");
          }
          return real;
        });
  }

  private BigDecimal number(String name, JsonValue value, boolean asTextToo) {
    String literal =
        switch (value) {
          case JsonValue.Numeral number -> number.literal();
          case JsonValue.Text text when asTextToo -> text.value();
          case JsonValue.Text _,
              JsonValue.Truth _,
              JsonValue.Absent _,
              JsonValue.Items _,
              JsonValue.Members _ ->
              "";
        };
    try {
      if (!literal.isEmpty() && literal.length() <= NUMERAL_LENGTH_MAX) {
        BigDecimal number = new BigDecimal(literal);
        if (Math.abs((long) number.scale()) <= 400) {
          return number;
        }
      }
    } catch (NumberFormatException _) {
      // Said below, as for every other text.
    }
    throw wrong(path + name, "a number");
  }

  List<String> texts(String name, int max) {
    Optional<JsonValue> value = value(name);
    if (value.isEmpty()) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    if (value.get() instanceof JsonValue.Items items && items.values().size() <= max) {
      for (JsonValue item : items.values()) {
        if (item instanceof JsonValue.Text text) {
          texts.add(text.value());
        }
      }
      if (texts.size() == items.values().size()) {
        return texts;
      }
    }
    throw wrong(path + name, "at most " + max + " strings");
  }

  /// A value as text: a string as it is, anything else as its JSON.
  static String asText(JsonValue value) {
    return value instanceof JsonValue.Text text ? text.value() : JsonText.write(value);
  }

  ProblemException wrong(String expected) {
    return wrong(path.isEmpty() ? "request" : path.substring(0, path.length() - 1), expected);
  }

  static ProblemException wrong(String at, String expected) {
    return BeamlineProblems.SCHEMA_VALIDATION_FAILED
        .because(at + ": of another type or form (expected: " + expected + ")")
        .with("field", at)
        .toException();
  }
}
