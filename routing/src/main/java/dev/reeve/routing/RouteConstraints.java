package dev.reeve.routing;

import dev.reeve.base.Check;
import java.util.Set;

/// What a request asks of the provider that takes it. They hold for every way by which a provider
/// may be chosen, fallbacks included.
///
/// @param maxLatencyMs expected latency at most; infinite when not asked for
/// @param maxCost expected cost at most, in the currency of the price table; infinite when not
///   asked
/// @param only nobody else; empty for anybody
/// @param ignore none of these
public record RouteConstraints(
    double maxLatencyMs, double maxCost, Set<String> only, Set<String> ignore) {
  public static final RouteConstraints NONE =
      new RouteConstraints(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Set.of(), Set.of());

  public RouteConstraints {
    Check.argument(maxLatencyMs >= 0, "maxLatencyMs: %s (expected: >= 0)", maxLatencyMs);
    Check.argument(maxCost >= 0, "maxCost: %s (expected: >= 0)", maxCost);
    only = Set.copyOf(only);
    ignore = Set.copyOf(ignore);
  }

  /// At most this latency and cost, by anybody.
  public static RouteConstraints atMost(double latencyMs, double cost) {
    return new RouteConstraints(latencyMs, cost, Set.of(), Set.of());
  }
}
