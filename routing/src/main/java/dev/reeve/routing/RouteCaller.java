package dev.reeve.routing;

/// Who asks, as far as a credential shows it: for quotas by user and by key.
///
/// @param user empty: `context.user_id` stands in for it
/// @param key id of the API key; empty when there is none
/// @param mayOverride whether `expected_latency_ms` and `expected_cost` of the context are believed
public record RouteCaller(String user, String key, boolean mayOverride) {
  /// Nobody in particular, believed: a local operator.
  public static final RouteCaller OPERATOR = new RouteCaller("", "", true);
}
