package dev.reeve.gateway.beamline.worker;

import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemCode;
import dev.reeve.base.ProblemException;
import dev.reeve.base.Text;
import dev.reeve.governance.cif.JsonText;
import dev.reeve.governance.cif.JsonValue;
import dev.reeve.service.JsonDocuments;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/// The members of a JSON object of the bus, read by type. `null` is as if it were absent; members
/// that nobody asks for do not matter.
///
/// @param code of what is wrong
/// @param path of the object, with a dot at its end; empty for the whole message
record ExecMembers(ProblemCode code, String path, Map<String, JsonValue> values) {
  private static final int DEPTH_MAX = 64;
  private static final int NUMERAL_LENGTH_MAX = 40;
  private static final int SCALE_MAX = 400;

  /// A whole message: an object of at most 64 levels that names no member twice.
  static ExecMembers read(ProblemCode code, Bytes message) {
    Optional<JsonValue> tree = JsonDocuments.utf8(message).flatMap(JsonText::parse);
    if (tree.isEmpty()) {
      throw code.because("message: not JSON (expected: one JSON object)").toException();
    }
    return of(code, "", tree.get());
  }

  /// An object that came as text; an empty text is an empty object.
  static ExecMembers read(ProblemCode code, String path, String text) {
    if (text.isEmpty()) {
      return new ExecMembers(code, path, Map.of());
    }
    Optional<JsonValue> tree = JsonText.parse(text);
    return tree.map(value -> of(code, path, value)).orElseThrow(() -> wrong(code, path, "JSON"));
  }

  private static ExecMembers of(ProblemCode code, String path, JsonValue value) {
    if (value instanceof JsonValue.Members members && isShallow(value, DEPTH_MAX)) {
      return new ExecMembers(code, path, members.values());
    }
    throw wrong(code, path, "an object of at most " + DEPTH_MAX + " levels");
  }

  private static boolean isShallow(JsonValue value, int levels) {
    return switch (value) {
      case JsonValue.Members members ->
          levels > 0
              && members.values().values().stream().allMatch(one -> isShallow(one, levels - 1));
      case JsonValue.Items items ->
          levels > 0 && items.values().stream().allMatch(one -> isShallow(one, levels - 1));
      case JsonValue.Text _, JsonValue.Numeral _, JsonValue.Truth _, JsonValue.Absent _ -> true;
    };
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

  /// The object under a name; an empty one when it is absent.
  ExecMembers members(String name) {
    Optional<JsonValue> value = value(name);
    if (value.isEmpty()) {
      return new ExecMembers(code, path + name + ".", Map.of());
    }
    if (value.get() instanceof JsonValue.Members members) {
      return new ExecMembers(code, path + name + ".", members.values());
    }
    throw wrong(name, "an object");
  }

  /// The text of a member, cut to nothing when it is absent.
  String text(String name, int lengthMax) {
    Optional<JsonValue> value = value(name);
    if (value.isEmpty()) {
      return "";
    }
    if (value.get() instanceof JsonValue.Text text
        && text.value().length() <= lengthMax
        && Text.isUnicode(text.value())) {
      return text.value();
    }
    throw wrong(name, "a string of at most " + lengthMax + " characters");
  }

  /// The first of several names that is there.
  String text(int lengthMax, String... names) {
    for (String name : names) {
      if (has(name)) {
        return text(name, lengthMax);
      }
    }
    return "";
  }

  /// A whole number, or a text of one.
  long integer(String name, long absent) {
    Optional<JsonValue> value = value(name);
    try {
      return value.isEmpty() ? absent : number(name, value.get()).longValueExact();
    } catch (ArithmeticException e) {
      throw wrong(name, "a whole number of 64 bits");
    }
  }

  double real(String name, double absent) {
    Optional<JsonValue> value = value(name);
    return value.isEmpty() ? absent : number(name, value.get()).doubleValue();
  }

  private BigDecimal number(String name, JsonValue value) {
    String literal =
        switch (value) {
          case JsonValue.Numeral number -> number.literal();
          case JsonValue.Text text -> text.value();
          case JsonValue.Truth _, JsonValue.Absent _, JsonValue.Items _, JsonValue.Members _ -> "";
        };
    try {
      if (!literal.isEmpty() && literal.length() <= NUMERAL_LENGTH_MAX) {
        BigDecimal number = new BigDecimal(literal);
        if (Math.abs((long) number.scale()) <= SCALE_MAX) {
          return number;
        }
      }
    } catch (NumberFormatException _) {
      // Said below, as for every other text.
    }
    throw wrong(name, "a number");
  }

  ProblemException wrong(String name, String expected) {
    return wrong(code, path + name, expected);
  }

  private static ProblemException wrong(ProblemCode code, String at, String expected) {
    String field = at.endsWith(".") ? at.substring(0, at.length() - 1) : at;
    String shown = field.isEmpty() ? "message" : field;
    return code.because(shown + ": of another type or out of bounds (expected: " + expected + ")")
        .with("field", shown)
        .toException();
  }
}
