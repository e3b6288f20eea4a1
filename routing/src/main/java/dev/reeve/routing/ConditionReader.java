package dev.reeve.routing;

import dev.reeve.routing.RouteCondition.Operator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the `when` of a policy, and the `match` of its rules.
final class ConditionReader {
  private static final int PARTS_MAX = 64;
  private static final int VALUES_MAX = 256;

  private ConditionReader() {}

  /// A `when`: an object whose members all must hold, a list of such objects, or a list of
  /// statuses. Absent: always.
  static RouteCondition when(PolicySection section) {
    Optional<Object> source = section.any("when");
    return source.isEmpty()
        ? RouteCondition.always()
        : new RouteCondition.All(parts(section, "when", source.get()));
  }

  private static List<RouteCondition> parts(PolicySection section, String name, Object source) {
    if (source instanceof Map<?, ?> object) {
      return members(section, name, RouteJson.members(object));
    }
    if (!(source instanceof List<?> list) || list.size() > PARTS_MAX) {
      section.refuse(name, source, "an object of conditions");
      return List.of();
    }
    if (!list.isEmpty() && list.stream().allMatch(String.class::isInstance)) {
      return List.of(new RouteCondition.Member("status", List.copyOf(list)));
    }
    List<RouteCondition> parts = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      String at = name + "[" + i + "]";
      if (list.get(i) instanceof Map<?, ?> object) {
        parts.addAll(members(section, at, RouteJson.members(object)));
      } else {
        section.refuse(at, list.get(i), "an object of conditions");
      }
    }
    return parts;
  }

  private static List<RouteCondition> members(
      PolicySection section, String at, Map<String, Object> members) {
    List<RouteCondition> parts = new ArrayList<>();
    if (members.size() > PARTS_MAX) {
      section.error(at, members.size() + " conditions (expected: at most " + PARTS_MAX + ")");
      return parts;
    }
    members.forEach((key, value) -> member(section, at, key, value).ifPresent(parts::add));
    return parts;
  }

  private static Optional<RouteCondition> member(
      PolicySection section, String at, String key, Object value) {
    Optional<Operator> operator =
        Arrays.stream(Operator.values()).filter(one -> one.sign().equals(key)).findFirst();
    if (operator.isPresent()) {
      return compare(section, at + "." + key, operator.get(), value);
    }
    List<?> values = value instanceof List<?> list ? list : List.of(value);
    boolean plain = values.stream().allMatch(ConditionReader::isPlain);
    if (!plain || values.isEmpty() || values.size() > VALUES_MAX) {
      section.refuse(
          at + "." + key, value, "a text, number or truth value, or a list of 1 to 256 of them");
      return Optional.empty();
    }
    return Optional.of(new RouteCondition.Member(key, List.copyOf(values)));
  }

  private static Optional<RouteCondition> compare(
      PolicySection section, String at, Operator operator, Object value) {
    if (!(value instanceof List<?> list) || list.size() != 2) {
      section.refuse(at, value, "a list of two operands");
      return Optional.empty();
    }
    Operand left = Operand.of(list.getFirst());
    Operand right = Operand.of(list.getLast());
    boolean known =
        isValue(section, at + "[0]", left)
            && (operator == Operator.IN
                ? isChoice(section, at + "[1]", right)
                : isValue(section, at + "[1]", right));
    return known
        ? Optional.of(new RouteCondition.Compare(operator, left, right))
        : Optional.empty();
  }

  /// A literal that nothing of a request can be held against would make the condition false for
  /// ever, and nobody would notice.
  private static boolean isValue(PolicySection section, String at, Operand operand) {
    if (operand instanceof Operand.Literal(Object value) && !isPlain(value)) {
      section.refuse(at, value, "a text, number or truth value, or {\"var\": path}");
      return false;
    }
    return true;
  }

  private static boolean isChoice(PolicySection section, String at, Operand operand) {
    if (!(operand instanceof Operand.Literal(Object value))) {
      return true;
    }
    boolean choice =
        value instanceof List<?> values
            && !values.isEmpty()
            && values.size() <= VALUES_MAX
            && values.stream().allMatch(ConditionReader::isPlain);
    if (!choice) {
      section.refuse(at, value, "a list of 1 to 256 values, or {\"var\": path}");
    }
    return choice;
  }

  private static boolean isPlain(Object value) {
    return value instanceof String || value instanceof Number || value instanceof Boolean;
  }

  /// A `match`: `key:v1|v2`, several joined by `&`; empty matches all.
  static RouteCondition match(PolicySection section, String name) {
    Optional<Object> source = section.any(name);
    if (source.isEmpty()) {
      return RouteCondition.always();
    }
    if (!(source.get() instanceof String text)) {
      section.refuse(name, source.get(), "text such as key:value1|value2&other:value");
      return RouteCondition.always();
    }
    Map<String, List<Object>> terms = new LinkedHashMap<>();
    for (String term : text.isBlank() ? new String[0] : text.split("&", -1)) {
      int colon = term.indexOf(':');
      if (colon < 1 || colon == term.length() - 1) {
        section.refuse(name, text, "key:value1|value2, joined by &");
        return RouteCondition.always();
      }
      terms.put(
          term.substring(0, colon).strip(),
          List.copyOf(Arrays.asList(term.substring(colon + 1).strip().split("\\|", -1))));
    }
    List<RouteCondition> parts = new ArrayList<>();
    terms.forEach((key, values) -> parts.add(new RouteCondition.Member(bare(key), values)));
    return new RouteCondition.All(parts);
  }

  private static String bare(String key) {
    return key.startsWith("context.") ? key.substring("context.".length()) : key;
  }
}
