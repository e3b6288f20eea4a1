package dev.reeve.quantum.eigenlang;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The names of a function, before those of the module.
final class Scope {
  private final Optional<Scope> outer;
  private final Map<String, Value> values = new HashMap<>();

  Scope(Optional<Scope> outer) {
    this.outer = outer;
  }

  void set(String name, Value value) {
    values.put(name, value);
  }

  Optional<Value> find(String name) {
    Value value = values.get(name);
    return value != null ? Optional.of(value) : outer.flatMap(scope -> scope.find(name));
  }

  /// The names of this scope alone.
  Map<String, Value> own() {
    return Map.copyOf(values);
  }

  /// Makes a name that changed since then unknown: a run decides which value it has.
  void forgetChanges(Map<String, Value> before) {
    values.replaceAll((name, value) ->
        value.equals(before.get(name))
            ? value
            : new Value.Opaque("`" + name + "`, which a measurement decides"));
  }
}
