package dev.reeve.gateway;

import dev.reeve.routing.BreakerState;
import dev.reeve.routing.BreakerView;
import dev.reeve.routing.RouterCounters;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// How circuit breakers stand, by provider and tenant. Those that share their labels are shown as
/// the worst of them.
final class BreakerGauges {
  /// Providers with a label of their own, the first by name.
  private static final int PROVIDERS_MAX = 100;

  private static final List<String> REASONS =
      List.of("error_rate", "failures", "half_open_failure", "latency");

  private BreakerGauges() {}

  private record Where(String provider, String tenant) implements Comparable<Where> {
    @Override
    public int compareTo(Where other) {
      int byProvider = provider.compareTo(other.provider);
      return byProvider != 0 ? byProvider : tenant.compareTo(other.tenant);
    }

    private Labels labels() {
      return Labels.of("provider_id", provider, "tenant_id", tenant);
    }
  }

  private record Worst(BreakerState state, double errorRate, long remainingMs) {
    private static Worst of(BreakerView view) {
      return new Worst(view.state(), view.errorRate(), view.remainingMs());
    }

    private Worst or(Worst other) {
      return new Worst(
          badness(state) >= badness(other.state) ? state : other.state,
          Math.max(errorRate, other.errorRate),
          Math.max(remainingMs, other.remainingMs));
    }

    private static int badness(BreakerState state) {
      return switch (state) {
        case CLOSED -> 0;
        case HALF_OPEN -> 1;
        case OPEN -> 2;
      };
    }
  }

  static List<MetricPoints> of(List<BreakerView> breakers, RouterCounters counters) {
    Set<String> named =
        breakers.stream()
            .map(BreakerView::providerId)
            .distinct()
            .sorted()
            .limit(PROVIDERS_MAX)
            .collect(Collectors.toSet());
    Map<Where, Worst> all = new TreeMap<>();
    Map<String, Integer> reasons = new LinkedHashMap<>();
    REASONS.forEach(reason -> reasons.put(reason, 0));
    for (BreakerView breaker : breakers) {
      String provider =
          named.contains(breaker.providerId()) ? breaker.providerId() : RouterCounters.OTHER;
      Where where = new Where(provider, counters.tenantLabel(breaker.tenantId()));
      all.merge(where, Worst.of(breaker), Worst::or);
      if (breaker.state() != BreakerState.CLOSED) {
        reasons.computeIfPresent(breaker.reason(), (_, count) -> count + 1);
      }
    }
    MetricPoints state =
        MetricPoints.gauge(
            "router_circuit_breaker_state", "0 closed, 1 open, 2 half open; the worst of them.");
    MetricPoints errors =
        MetricPoints.gauge(
            "router_circuit_breaker_error_rate", "Share of calls that failed; the worst of them.");
    MetricPoints remaining =
        MetricPoints.gauge(
            "router_circuit_breaker_timeout_remaining_ms",
            "Until an open one lets a call through.");
    all.forEach((where, worst) -> {
      state.add(where.labels(), worst.state().gauge());
      errors.add(where.labels(), worst.errorRate());
      remaining.add(where.labels(), (double) worst.remainingMs());
    });
    MetricPoints why =
        MetricPoints.gauge(
            "router_circuit_breaker_trigger_reason", "Breakers not closed, by what opened them.");
    reasons.forEach((reason, count) -> why.add(Labels.of("reason", reason), count));
    return List.of(state, errors, remaining, why);
  }
}
