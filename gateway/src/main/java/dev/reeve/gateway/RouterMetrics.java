package dev.reeve.gateway;

import dev.reeve.routing.BreakerState;
import dev.reeve.routing.BreakerView;
import dev.reeve.routing.RefusalCode;
import dev.reeve.routing.RouteReason;
import dev.reeve.routing.Router;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.EnumMap;
import java.util.Map;

/// What is counted of the router, under the names of the BeamLine contract. Ids are no labels.
final class RouterMetrics implements MultiCollector {
  private final HealthView view;

  RouterMetrics(HealthView view) {
    this.view = view;
  }

  @Override
  public MetricSnapshots collect() {
    return view.router()
        .map(router -> MetricSnapshots.of(decisions(router), refusals(router), breakers(router)))
        .orElseGet(MetricSnapshots::new);
  }

  private static CounterSnapshot decisions(Router router) {
    CounterSnapshot.Builder snapshot =
        CounterSnapshot.builder()
            .name("router_policy_decisions")
            .help("Routing decisions, by what they were based on.");
    for (RouteReason reason : RouteReason.values()) {
      snapshot.dataPoint(
          CounterDataPointSnapshot.builder()
              .labels(Labels.of("reason", reason.wireName()))
              .value((double) router.counters().decisions(reason))
              .build());
    }
    return snapshot.build();
  }

  private static CounterSnapshot refusals(Router router) {
    CounterSnapshot.Builder snapshot =
        CounterSnapshot.builder()
            .name("router_policy_refusals")
            .help("Routing requests that were refused, by why.");
    for (RefusalCode code : RefusalCode.values()) {
      snapshot.dataPoint(
          CounterDataPointSnapshot.builder()
              .labels(Labels.of("reason", code.reason()))
              .value((double) router.counters().refusals(code))
              .build());
    }
    return snapshot.build();
  }

  private static GaugeSnapshot breakers(Router router) {
    Map<BreakerState, Integer> count = new EnumMap<>(BreakerState.class);
    for (BreakerView breaker : router.breakers("")) {
      count.merge(breaker.state(), 1, Integer::sum);
    }
    GaugeSnapshot.Builder snapshot =
        GaugeSnapshot.builder()
            .name("router_circuit_breakers")
            .help("Circuit breakers in front of providers, by state; at most a thousand.");
    for (BreakerState state : BreakerState.values()) {
      snapshot.dataPoint(
          GaugeDataPointSnapshot.builder()
              .labels(Labels.of("state", state.wireName()))
              .value(count.getOrDefault(state, 0))
              .build());
    }
    return snapshot.build();
  }
}
