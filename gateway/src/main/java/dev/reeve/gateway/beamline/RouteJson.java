package dev.reeve.gateway.beamline;

import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemException;
import dev.reeve.base.Text;
import dev.reeve.governance.cif.JsonText;
import dev.reeve.governance.cif.JsonValue;
import dev.reeve.service.JsonDocuments;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// JSON of callers, and the plain values that the router works with: text, truth, whole numbers as
/// `Long`, others as `Double`, lists, maps.
final class RouteJson {
  private static final int DEPTH_MAX = 64;
  private static final int NUMERAL_LENGTH_MAX = 400;

  private RouteJson() {}

  /// The tree of a document that is small enough, of at most 64 levels, in Unicode, and names no
  /// member twice.
  ///
  /// @throws ProblemException `SCHEMA_VALIDATION_FAILED`
  static JsonValue parse(Bytes bytes, int bytesMax) {
    if (bytes.size() > bytesMax) {
      throw malformed(bytes.size() + " bytes", "at most " + bytesMax);
    }
    Optional<JsonValue> tree = JsonDocuments.utf8(bytes).flatMap(JsonText::parse);
    if (tree.isEmpty()) {
      throw malformed(JsonDocuments.defect(bytes).orElse("not JSON"), "one JSON object");
    }
    check(tree.get(), DEPTH_MAX);
    return tree.get();
  }

  private static void check(JsonValue value, int levels) {
    switch (value) {
      case JsonValue.Members members -> {
        requireLevel(levels);
        members
            .values()
            .forEach((name, member) -> {
              requireUnicode(name);
              check(member, levels - 1);
            });
      }
      case JsonValue.Items items -> {
        requireLevel(levels);
        items.values().forEach(item -> check(item, levels - 1));
      }
      case JsonValue.Text text -> requireUnicode(text.value());
      case JsonValue.Numeral number -> {
        if (number.literal().length() > NUMERAL_LENGTH_MAX) {
          throw malformed("a number of too many digits", "at most " + NUMERAL_LENGTH_MAX);
        }
      }
      case JsonValue.Truth _, JsonValue.Absent _ -> {}
    }
  }

  private static void requireLevel(int levels) {
    if (levels == 0) {
      throw malformed("too deep", "at most " + DEPTH_MAX + " levels");
    }
  }

  private static void requireUnicode(String text) {
    if (!Text.isUnicode(text)) {
      throw malformed("half of a surrogate pair", "Unicode text");
    }
  }

  private static ProblemException malformed(String what, String expected) {
    return BeamlineProblems.SCHEMA_VALIDATION_FAILED
        .because("request: " + what + " (expected: " + expected + ")")
        .with("field", "request")
        .toException();
  }

  /// The plain value; members that are `null` are left out.
  static Object plain(JsonValue value) {
    return switch (value) {
      case JsonValue.Text text -> text.value();
      case JsonValue.Truth truth -> truth.value();
      case JsonValue.Numeral number -> plain(number.literal());
      case JsonValue.Absent _ -> "";
      case JsonValue.Items items -> {
        List<Object> list = new ArrayList<>();
        items.values().forEach(item -> list.add(plain(item)));
        yield list;
      }
      case JsonValue.Members members -> plain(members.values());
    };
  }

  /// The plain members.
  static Map<String, Object> plain(Map<String, JsonValue> members) {
    Map<String, Object> map = new LinkedHashMap<>();
    members.forEach((name, member) -> {
      if (!(member instanceof JsonValue.Absent)) {
        map.put(name, plain(member));
      }
    });
    return map;
  }

  private static Object plain(String literal) {
    boolean whole = literal.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
    if (whole && literal.length() < 19) {
      return Long.parseLong(literal);
    }
    return new BigDecimal(literal).doubleValue();
  }

  /// A plain value as compact JSON.
  static String text(Object value) {
    return JsonText.write(tree(value));
  }

  private static JsonValue tree(Object value) {
    return switch (value) {
      case String text -> new JsonValue.Text(text);
      case Boolean truth -> new JsonValue.Truth(truth);
      case Double number -> new JsonValue.Numeral(RouteReply.decimal(number));
      case Number number -> new JsonValue.Numeral(number.toString());
      case List<?> list ->
          new JsonValue.Items(list.stream().map(item -> tree((Object) item)).toList());
      case Map<?, ?> map -> {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        map.forEach((name, member) -> members.put(String.valueOf(name), tree(member)));
        yield new JsonValue.Members(members);
      }
      default -> new JsonValue.Text(value.toString());
    };
  }
}
