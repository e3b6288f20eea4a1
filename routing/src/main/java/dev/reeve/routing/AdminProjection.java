package dev.reeve.routing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// Between a policy's source and the short form of the administration API.
final class AdminProjection {
  private AdminProjection() {}

  static AdminRoutePolicy of(String policyId, Map<String, Object> source, PolicyBody body) {
    boolean percent = source.containsKey("providers");
    List<AdminRoutePolicy.Provider> providers = new ArrayList<>();
    for (int i = 0; i < body.targets().count(); i++) {
      Targets.Target target = body.targets().at(i);
      if (target.listed()) {
        double weight = percent ? target.weight() / 100 : target.weight();
        providers.add(new AdminRoutePolicy.Provider(target.id(), weight));
      }
    }
    return new AdminRoutePolicy(policyId, providers, body.sticky().isPresent(), rules(source));
  }

  private static List<AdminRoutePolicy.Rule> rules(Map<String, Object> source) {
    List<AdminRoutePolicy.Rule> rules = new ArrayList<>();
    for (Map<?, ?> rule : objects(source.get("rules"))) {
      rules.add(
          new AdminRoutePolicy.Rule(
              text(rule, "match"), texts(rule.get("prefer")), text(rule, "fallback")));
    }
    for (Map<?, ?> rule : objects(source.get("fallbacks"))) {
      rules.add(new AdminRoutePolicy.Rule(match(rule.get("when")), List.of(), text(rule, "to")));
    }
    if (source.get("fallback") instanceof Map<?, ?> legacy) {
      rules.add(new AdminRoutePolicy.Rule("", List.of(), text(legacy, "provider")));
    }
    return rules;
  }

  /// What of a `when` has the form `key:v1|v2`.
  private static String match(@Nullable Object when) {
    StringJoiner match = new StringJoiner("&");
    if (when instanceof Map<?, ?> object) {
      object.forEach((key, value) -> {
        List<?> values = value instanceof List<?> list ? list : List.of(value);
        boolean plain = values.stream().noneMatch(Map.class::isInstance);
        if (plain && Character.isLetter(key.toString().charAt(0)) && !key.equals("in")) {
          match.add(key + ":" + String.join("|", values.stream().map(RouteJson::text).toList()));
        }
      });
    }
    return match.toString();
  }

  /// The source of a policy given in the short form: weights as they are.
  static Map<String, Object> source(AdminRoutePolicy admin) {
    Map<String, Object> weights = new LinkedHashMap<>();
    admin.providers().forEach(provider -> weights.put(provider.id(), provider.weight()));
    Map<String, Object> source = new LinkedHashMap<>();
    source.put("version", "1.0");
    source.put("weights", weights);
    if (admin.sticky()) {
      source.put("sticky", Map.of("enabled", true, "session_key", "session_id"));
    }
    List<Object> rules = new ArrayList<>();
    for (AdminRoutePolicy.Rule rule : admin.rules()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("match", rule.match());
      one.put("prefer", List.copyOf(rule.prefer()));
      if (!rule.fallback().isEmpty()) {
        one.put("fallback", rule.fallback());
      }
      rules.add(one);
    }
    if (!rules.isEmpty()) {
      source.put("rules", rules);
    }
    return source;
  }

  private static List<Map<?, ?>> objects(@Nullable Object value) {
    List<Map<?, ?>> objects = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (Object one : list) {
        if (one instanceof Map<?, ?> object) {
          objects.add(object);
        }
      }
    }
    return objects;
  }

  private static List<String> texts(@Nullable Object value) {
    return value instanceof Collection<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }

  private static String text(Map<?, ?> object, String name) {
    return object.get(name) instanceof String text ? text : "";
  }
}
