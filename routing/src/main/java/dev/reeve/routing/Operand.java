package dev.reeve.routing;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One side of a comparison in a condition.
sealed interface Operand {
  /// A value of the policy itself.
  record Literal(Object value) implements Operand {}

  /// What stands at a path of the request: `context.a.b`, `metadata.x`, or a bare name of the
  /// context.
  record Variable(String path, List<String> names) implements Operand {}

  /// Null when the request has no such value.
  default @Nullable Object in(RouteFacts facts) {
    return switch (this) {
      case Literal(Object value) -> value;
      case Variable(_, List<String> names) -> facts.at(names);
    };
  }

  /// Literals are written as they are, paths as `{"var": path}`.
  static Operand of(Object source) {
    if (source instanceof Map<?, ?> object
        && object.size() == 1
        && object.get("var") instanceof String path) {
      return new Variable(path, List.of(path.split("\\.", -1)));
    }
    return new Literal(source);
  }
}
