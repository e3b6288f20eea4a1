package dev.reeve.gateway;

import dev.reeve.service.decider.CircuitBreaker;
import dev.reeve.service.decider.DeciderStatus;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.Locale;

/// What is counted of deciders outside of this process; nothing when there are none.
final class DeciderMetrics implements MultiCollector {
  private final HealthView view;

  DeciderMetrics(HealthView view) {
    this.view = view;
  }

  /// The word for a state, in metrics and on the health page.
  static String word(CircuitBreaker.State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public MetricSnapshots collect() {
    List<DeciderStatus> deciders = view.deciders();
    return deciders.isEmpty()
        ? new MetricSnapshots()
        : MetricSnapshots.of(states(deciders), calls(deciders), seconds(deciders));
  }

  private static GaugeSnapshot states(List<DeciderStatus> deciders) {
    GaugeSnapshot.Builder snapshot =
        GaugeSnapshot.builder()
            .name("reeve_decider_state")
            .help("1 for the state of the circuit breaker before each other decider.");
    for (DeciderStatus decider : deciders) {
      for (CircuitBreaker.State state : CircuitBreaker.State.values()) {
        snapshot.dataPoint(
            GaugeDataPointSnapshot.builder()
                .labels(Labels.of("decider", decider.name(), "state", word(state)))
                .value(decider.state() == state ? 1 : 0)
                .build());
      }
    }
    return snapshot.build();
  }

  private static CounterSnapshot calls(List<DeciderStatus> deciders) {
    CounterSnapshot.Builder snapshot =
        CounterSnapshot.builder()
            .name("reeve_decider_calls")
            .help("Calls of other deciders, by outcome.");
    for (DeciderStatus decider : deciders) {
      decider
          .calls()
          .forEach((outcome, count) ->
              snapshot.dataPoint(
                  CounterDataPointSnapshot.builder()
                      .labels(
                          Labels.of(
                              "decider",
                              decider.name(),
                              "outcome",
                              outcome.name().toLowerCase(Locale.ROOT)))
                      .value(count)
                      .build()));
    }
    return snapshot.build();
  }

  private static CounterSnapshot seconds(List<DeciderStatus> deciders) {
    CounterSnapshot.Builder snapshot =
        CounterSnapshot.builder()
            .name("reeve_decider_call_seconds")
            .help("Time spent in calls of other deciders.");
    for (DeciderStatus decider : deciders) {
      snapshot.dataPoint(
          CounterDataPointSnapshot.builder()
              .labels(Labels.of("decider", decider.name()))
              .value(decider.seconds())
              .build());
    }
    return snapshot.build();
  }
}
