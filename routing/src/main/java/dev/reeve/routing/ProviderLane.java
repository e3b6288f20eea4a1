package dev.reeve.routing;

import dev.reeve.routing.PolicyBody.Breaking;

/// What one tenant's calls to one provider have shown. Thread-safe.
final class ProviderLane extends RecentMap.Entry {
  private static final int TASK_TYPES_MAX = 64;

  private final Breaker breaker;
  private final Observed all = new Observed();
  private final RecentMap<String, Observed> byType = new RecentMap<>(TASK_TYPES_MAX);
  private volatile long coolUntilNanos = Long.MIN_VALUE;
  private volatile boolean hasResults;

  /// @param counters of all breakers of the router
  ProviderLane(BreakerCounters counters) {
    breaker = new Breaker(counters);
  }

  Breaker breaker() {
    return breaker;
  }

  boolean isCooling(long nowNanos) {
    long until = coolUntilNanos;
    return until != Long.MIN_VALUE && nowNanos < until;
  }

  /// Median latency of such tasks, of all tasks when there were none of the kind; NaN when there
  /// were none at all.
  double latencyMs(String taskType, long nowNanos) {
    Observed kind = byType.get(taskType, nowNanos);
    double known = kind == null ? Double.NaN : kind.latencyMs(nowNanos);
    return Double.isNaN(known) ? all.latencyMs(nowNanos) : known;
  }

  /// Median cost, by the same order.
  double cost(String taskType, long nowNanos) {
    Observed kind = byType.get(taskType, nowNanos);
    double known = kind == null ? Double.NaN : kind.cost(nowNanos);
    return Double.isNaN(known) ? all.cost(nowNanos) : known;
  }

  /// Takes in a result of the provider itself.
  void result(Breaking rule, RouteResult result, double cost, long coolDownMsMax, long nowNanos) {
    hasResults = true;
    breaker.feed(rule, result.failure(), result.latencyMs(), nowNanos);
    if (result.failure() == FailureClass.NONE) {
      all.add((double) result.latencyMs(), cost, nowNanos);
      byType
          .getOrMake(result.taskType(), nowNanos, _ -> new Observed())
          .add((double) result.latencyMs(), cost, nowNanos);
    }
    if (result.retryAfterMs() > 0) {
      coolUntilNanos = nowNanos + Math.min(result.retryAfterMs(), coolDownMsMax) * 1_000_000;
    }
  }

  /// Takes in what a caller says happened. Where results come by themselves they count, and a
  /// report would count the same call twice.
  void report(Breaking rule, FailureClass failure, long nowNanos) {
    if (!hasResults) {
      breaker.feed(rule, failure, 0, nowNanos);
    }
  }
}
