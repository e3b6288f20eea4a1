package dev.reeve.routing;

import dev.reeve.base.PlainNumbers;
import dev.reeve.base.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// One object of a policy's source while it is read. Notes what is wrong and goes on with a value
/// that is right, so that all errors come at once; what nobody asked for is an unknown key.
final class PolicySection {
  private final Map<String, Object> members;
  private final String path;
  private final List<PolicyError> errors;
  private final Set<String> asked = new TreeSet<>();

  PolicySection(Map<String, Object> members, String path, List<PolicyError> errors) {
    this.members = members;
    this.path = path;
    this.errors = errors;
  }

  String path(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  void error(String name, String message) {
    errors.add(new PolicyError(name.isEmpty() ? path : path(name), message));
  }

  boolean has(String name) {
    return members.containsKey(name);
  }

  /// The member as it is, if there is one.
  Optional<Object> any(String name) {
    asked.add(name);
    return Optional.ofNullable(members.get(name));
  }

  Optional<String> text(String name, Pattern pattern, String expected) {
    Optional<Object> value = any(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (value.get() instanceof String text && pattern.matcher(text).matches()) {
      return Optional.of(text);
    }
    refuse(name, value.get(), expected);
    return Optional.empty();
  }

  /// The one of several names that is given; two of them with different values are refused.
  String alias(String name, String other) {
    any(name);
    any(other);
    if (has(name) && has(other) && !Objects.equals(members.get(name), members.get(other))) {
      error(other, "differs from " + name + " (expected: one of the two)");
    }
    return (has(name) || !has(other)) ? name : other;
  }

  boolean flag(String name, boolean otherwise) {
    Optional<Object> value = any(name);
    if (value.isPresent() && !(value.get() instanceof Boolean)) {
      refuse(name, value.get(), "true or false");
    }
    return (value.isPresent() && value.get() instanceof Boolean truth) ? truth : otherwise;
  }

  int integer(String name, int min, int max, int otherwise) {
    return integer(name, min, max).orElse(otherwise);
  }

  OptionalInt integer(String name, int min, int max) {
    Optional<Object> value = any(name);
    if (value.isEmpty()) {
      return OptionalInt.empty();
    }
    double number =
        switch (value.get()) {
          case Long whole -> whole;
          case Double real when real == Math.rint(real) -> real;
          default -> Double.NaN;
        };
    if (number >= min && number <= max) {
      return OptionalInt.of((int) number);
    }
    refuse(name, value.get(), "a whole number from " + min + " to " + max);
    return OptionalInt.empty();
  }

  double number(String name, double min, double max, double otherwise) {
    Optional<Object> value = any(name);
    if (value.isEmpty()) {
      return otherwise;
    }
    if (value.get() instanceof Number number) {
      double given = number.doubleValue();
      if (given >= min && given <= max) {
        return given;
      }
    }
    refuse(name, value.get(), "a number from " + shown(min) + " to " + shown(max));
    return otherwise;
  }

  <E extends Enum<E>> E choice(String name, E[] values, E otherwise) {
    Optional<Object> value = any(name);
    if (value.isEmpty()) {
      return otherwise;
    }
    List<String> names = Arrays.stream(values).map(PolicySection::nameOf).toList();
    int index = value.get() instanceof String text ? names.indexOf(text) : -1;
    if (index < 0) {
      refuse(name, value.get(), "one of " + String.join(", ", names) + hint(value.get(), names));
      return otherwise;
    }
    return values[index];
  }

  static String nameOf(Enum<?> value) {
    return value.name().toLowerCase(java.util.Locale.ROOT);
  }

  Optional<PolicySection> child(String name) {
    Optional<Object> value = any(name);
    if (value.isPresent() && value.get() instanceof Map<?, ?> object) {
      return Optional.of(new PolicySection(RouteJson.members(object), path(name), errors));
    }
    value.ifPresent(other -> refuse(name, other, "an object"));
    return Optional.empty();
  }

  /// The objects of a list.
  List<PolicySection> children(String name, int max) {
    List<PolicySection> children = new ArrayList<>();
    List<Object> list = list(name, max);
    for (int i = 0; i < list.size(); i++) {
      String at = name + "[" + i + "]";
      if (list.get(i) instanceof Map<?, ?> object) {
        children.add(new PolicySection(RouteJson.members(object), path(at), errors));
      } else {
        refuse(at, list.get(i), "an object");
      }
    }
    return children;
  }

  /// The texts of a list.
  List<String> texts(String name, int max, Pattern pattern, String expected) {
    List<String> texts = new ArrayList<>();
    List<Object> list = list(name, max);
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i) instanceof String text && pattern.matcher(text).matches()) {
        texts.add(text);
      } else {
        refuse(name + "[" + i + "]", list.get(i), expected);
      }
    }
    return texts;
  }

  List<Object> list(String name, int max) {
    Optional<Object> value = any(name);
    if (value.isEmpty()) {
      return List.of();
    }
    if (!(value.get() instanceof List<?> list)) {
      refuse(name, value.get(), "a list");
      return List.of();
    }
    if (list.size() > max) {
      error(name, list.size() + " elements (expected: at most " + max + ")");
      return List.of();
    }
    return new ArrayList<>(list);
  }

  /// An object of anything.
  Map<String, Object> object(String name) {
    Optional<Object> value = any(name);
    if (value.isPresent() && value.get() instanceof Map<?, ?> object) {
      return RouteJson.members(object);
    }
    value.ifPresent(other -> refuse(name, other, "an object"));
    return Map.of();
  }

  Map<String, Object> members() {
    return members;
  }

  void refuse(String name, Object value, String expected) {
    String shown =
        switch (value) {
          case String text -> Text.quoteForMessage(text);
          case RouteJson.Null _ -> "null";
          case Map<?, ?> _ -> "an object";
          case List<?> _ -> "a list";
          default -> value.toString();
        };
    error(name, shown + " (expected: " + expected + ")");
  }

  /// Says which members nobody asked for.
  void end() {
    for (String name : members.keySet()) {
      if (!asked.contains(name)) {
        String near = Text.nearest(name, asked);
        String shown = name.length() > 80 ? name.substring(0, 80) + "..." : name;
        error(
            shown,
            "unknown key (expected: one of "
                + String.join(", ", asked)
                + (near.isEmpty() ? "" : "; did you mean " + near + "?")
                + ")");
      }
    }
  }

  private static String hint(Object value, List<String> names) {
    String near = value instanceof String text ? Text.nearest(text, names) : "";
    return near.isEmpty() ? "" : "; did you mean " + near + "?";
  }

  private static String shown(double number) {
    return PlainNumbers.text(number);
  }
}
