package dev.reeve.quantum.eigenlang;

import dev.reeve.quantum.qasm.Diagnostics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The arguments of one call, worked out. What nobody took is refused by name at the end.
final class Arguments {
  private final String function;
  private final int offset;
  private final Diagnostics diagnostics;
  private final List<Given> positional = new ArrayList<>();
  private final Map<String, Given> named = new LinkedHashMap<>();

  /// One argument.
  ///
  /// @param source as it is written
  record Given(Value value, Expression source) {
    int offset() {
      return source.offset();
    }
  }

  Arguments(String function, int offset, Diagnostics diagnostics) {
    this.function = function;
    this.offset = offset;
    this.diagnostics = diagnostics;
  }

  void add(Expression.Argument argument, Value value) {
    Given given = new Given(value, argument.value());
    argument.name().ifPresentOrElse(name -> named.put(name, given), () -> positional.add(given));
  }

  String function() {
    return function;
  }

  int offset() {
    return offset;
  }

  Diagnostics diagnostics() {
    return diagnostics;
  }

  /// The next positional argument, or the one of this name.
  Optional<Given> take(String name) {
    if (!positional.isEmpty()) {
      if (named.containsKey(name)) {
        throw invalid(named.get(name).offset(), function + " takes " + name + " once");
      }
      return Optional.of(positional.removeFirst());
    }
    return takeNamed(name);
  }

  /// The argument of this name.
  Optional<Given> takeNamed(String name) {
    return Optional.ofNullable(named.remove(name));
  }

  /// The same, but it must be there.
  Given require(String name) {
    return take(name)
        .orElseThrow(() -> invalid(offset, function + " without " + name + " (expected: one)"));
  }

  /// All positional arguments that are left.
  List<Given> takeRest() {
    List<Given> rest = new ArrayList<>(positional);
    positional.clear();
    return rest;
  }

  /// All named arguments that are left.
  Map<String, Given> takeNamedRest() {
    Map<String, Given> rest = new LinkedHashMap<>(named);
    named.clear();
    return rest;
  }

  boolean hasPositional() {
    return !positional.isEmpty();
  }

  /// Refuses what is left.
  void finish() {
    if (!positional.isEmpty()) {
      throw invalid(positional.getFirst().offset(), "more arguments than " + function + " takes");
    }
    for (Map.Entry<String, Given> one : named.entrySet()) {
      throw invalid(one.getValue().offset(), function + " takes no argument named " + one.getKey());
    }
  }

  Diagnostics.Reported invalid(int place, String message) {
    return diagnostics.invalid(place, message, "");
  }

  /// Refuses a value.
  Diagnostics.Reported wrong(Given given, String name, String expected) {
    return invalid(
        given.offset(), name + ": " + given.value().kind() + " (expected: " + expected + ")");
  }
}
