package dev.reeve.routing;

import dev.reeve.base.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Providers that a policy names where it chooses, but does not list. The contract lets fallbacks
/// lead to such, so they are no errors; a misspelt name looks the same, so they are told.
final class UnlistedProviders {
  private static final int WARNINGS_MAX = 100;

  private final List<String> listed;
  private final List<PolicyError> found = new ArrayList<>();

  private UnlistedProviders(List<String> listed) {
    this.listed = listed;
  }

  /// A warning for each place that names one, in the order in which they choose.
  ///
  /// @param source of a valid policy
  /// @param listed the ids of its providers
  static List<PolicyError> warnings(Map<String, Object> source, List<String> listed) {
    UnlistedProviders places = new UnlistedProviders(listed);
    if (source.get("weights") instanceof Map<?, ?> weights) {
      weights.keySet().forEach(id -> places.look("weights." + id, id));
    }
    members(source, "rules", places::rule);
    members(source, "fallbacks", (path, rule) -> places.look(path + ".to", rule.get("to")));
    if (source.get("fallback") instanceof Map<?, ?> fallback) {
      places.look("fallback.provider", fallback.get("provider"));
    }
    places.look("last_resort", source.get("last_resort"));
    return places.found.stream().limit(WARNINGS_MAX).toList();
  }

  private static void members(
      Map<String, Object> source, String name, BiConsumer<String, Map<?, ?>> place) {
    if (source.get(name) instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        if (list.get(i) instanceof Map<?, ?> member) {
          place.accept(name + "[" + i + "]", member);
        }
      }
    }
  }

  private void rule(String path, Map<?, ?> rule) {
    if (rule.get("prefer") instanceof List<?> prefer) {
      for (int i = 0; i < prefer.size(); i++) {
        look(path + ".prefer[" + i + "]", prefer.get(i));
      }
    }
    look(path + ".fallback", rule.get("fallback"));
  }

  private void look(String path, @Nullable Object value) {
    if (value instanceof String id && !id.isEmpty() && !listed.contains(id)) {
      String near = Text.nearest(id, listed);
      found.add(
          new PolicyError(
              path,
              Text.quoteForMessage(id)
                  + " is not among the providers of the policy (expected: one of them, of weight 0"
                  + " if nothing else is to take it"
                  + (near.isEmpty() ? "" : "; did you mean " + near + "?")
                  + ")"));
    }
  }
}
