package dev.reeve.routing;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What conditions see of a request. The context goes before what we add to it.
///
/// @param context the request's, with what extensions added
record RouteFacts(
    Map<String, Object> context,
    Map<String, Object> metadata,
    String tenantId,
    String taskType,
    String environment) {

  /// The value of a bare name; null when there is none.
  @Nullable Object named(String name) {
    Object value = context.get(name);
    if (value != null && value != RouteJson.Null.VALUE) {
      return value;
    }
    return switch (name) {
      case "tenant_id" -> tenantId;
      case "environment" -> environment.isEmpty() ? null : environment;
      case "message_type", "task_type" -> taskType.isEmpty() ? null : taskType;
      default -> null;
    };
  }

  /// The value at a path; null when there is none.
  @Nullable Object at(List<String> names) {
    String first = names.getFirst();
    if (names.size() == 1) {
      return named(first);
    }
    boolean prefixed = first.equals("context") && !context.containsKey("context");
    if (first.equals("metadata") && !context.containsKey("metadata")) {
      return inside(metadata.get(names.get(1)), names, 2);
    }
    return prefixed ? inside(named(names.get(1)), names, 2) : inside(named(first), names, 1);
  }

  private static @Nullable Object inside(@Nullable Object value, List<String> names, int from) {
    Object at = value;
    for (int i = from; i < names.size() && at != null; i++) {
      at = at instanceof Map<?, ?> object ? object.get(names.get(i)) : null;
    }
    return at == RouteJson.Null.VALUE ? null : at;
  }

  /// The text of a bare name; empty when there is none. Numbers and truth values by their JSON.
  String text(String name) {
    Object value = named(name);
    return switch (value) {
      case null -> "";
      case String text -> text;
      case Map<?, ?> _, List<?> _ -> "";
      default -> RouteJson.text(value);
    };
  }

  /// The number of a bare name, also when it comes as text; NaN when there is none.
  double number(String name) {
    return JsonValues.number(named(name));
  }
}
