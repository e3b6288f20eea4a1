package dev.reeve.governance.genome;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/// Writes JSON as `JSON.stringify` of ECMAScript does, so that signatures of foreign tools hold:
/// the same escapes, the same shortest form of numbers, `-0` as `0`, lone surrogates as escapes.
final class JsonWriter {
  private static final int LARGEST_PLAIN_EXPONENT = 21;
  private static final int SMALLEST_PLAIN_EXPONENT = -6;
  private static final String INDENT = "  ";

  private final StringBuilder out = new StringBuilder();
  private final boolean canonical;

  private JsonWriter(boolean canonical) {
    this.canonical = canonical;
  }

  /// Members sorted by UTF-16 code units at every level, arrays in their order, no white space.
  static String canonical(Json value) {
    JsonWriter writer = new JsonWriter(true);
    writer.write(value, 0);
    return writer.out.toString();
  }

  /// Members in their order, two blanks for each level, for people.
  static String pretty(Json value) {
    JsonWriter writer = new JsonWriter(false);
    writer.write(value, 0);
    return writer.out.append('\n').toString();
  }

  private void write(Json value, int depth) {
    switch (value) {
      case Json.JsonObject object -> object(object, depth);
      case Json.JsonArray array -> array(array, depth);
      case Json.JsonText text -> text(text.value());
      case Json.JsonNumber number -> out.append(number(number.value()));
      case Json.JsonTruth truth -> out.append(truth.value());
      case Json.JsonNull _ -> out.append("null");
    }
  }

  private void object(Json.JsonObject object, int depth) {
    List<String> names = new ArrayList<>(object.members().keySet());
    if (canonical) {
      Collections.sort(names);
    }
    out.append('{');
    Iterator<String> left = names.iterator();
    while (left.hasNext()) {
      String name = left.next();
      newLine(depth + 1);
      text(name);
      out.append(canonical ? ":" : ": ");
      write(member(object.members(), name), depth + 1);
      out.append(left.hasNext() ? "," : "");
    }
    if (!names.isEmpty()) {
      newLine(depth);
    }
    out.append('}');
  }

  private static Json member(Map<String, Json> members, String name) {
    return members.getOrDefault(name, new Json.JsonNull());
  }

  private void array(Json.JsonArray array, int depth) {
    out.append('[');
    Iterator<Json> left = array.elements().iterator();
    while (left.hasNext()) {
      newLine(depth + 1);
      write(left.next(), depth + 1);
      out.append(left.hasNext() ? "," : "");
    }
    if (!array.elements().isEmpty()) {
      newLine(depth);
    }
    out.append(']');
  }

  private void newLine(int depth) {
    if (!canonical) {
      out.append('\n').append(INDENT.repeat(depth));
    }
  }

  private void text(String value) {
    out.append('"');
    int i = 0;
    while (i < value.length()) {
      int point = value.codePointAt(i);
      character(point);
      i += Character.charCount(point);
    }
    out.append('"');
  }

  private void character(int point) {
    switch (point) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        boolean loneSurrogate =
            point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
        if (point < 0x20 || loneSurrogate) {
          out.append(String.format("\\u%04x", point));
        } else {
          out.appendCodePoint(point);
        }
      }
    }
  }

  /// ECMA-262, Number::toString: the shortest digits that read back as the same double.
  private static String number(double value) {
    if (value == 0) {
      return "0";
    }
    BigDecimal shortest = shortest(Math.abs(value)).stripTrailingZeros();
    String digits = shortest.unscaledValue().toString();
    int point = digits.length() - shortest.scale();
    return (value < 0 ? "-" : "") + positional(digits, point);
  }

  /// Java prefers two digits where one would do, for the smallest of numbers.
  private static BigDecimal shortest(double value) {
    BigDecimal digits = new BigDecimal(Double.toString(value));
    BigDecimal one = digits.round(new java.math.MathContext(1));
    return one.doubleValue() == value ? one : digits;
  }

  private static String positional(String digits, int point) {
    int count = digits.length();
    if (point > LARGEST_PLAIN_EXPONENT || point <= SMALLEST_PLAIN_EXPONENT) {
      int exponent = point - 1;
      String fraction = count == 1 ? "" : "." + digits.substring(1);
      return digits.charAt(0) + fraction + (exponent < 0 ? "e-" : "e+") + Math.abs(exponent);
    }
    if (point <= 0) {
      return "0." + "0".repeat(-point) + digits;
    }
    if (point >= count) {
      return digits + "0".repeat(point - count);
    }
    return digits.substring(0, point) + "." + digits.substring(point);
  }
}
