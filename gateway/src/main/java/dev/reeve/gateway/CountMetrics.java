package dev.reeve.gateway;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;

/// What other parts of the server count, by the names they give it.
final class CountMetrics implements MultiCollector {
  private final HealthView view;

  CountMetrics(HealthView view) {
    this.view = view;
  }

  @Override
  public MetricSnapshots collect() {
    MetricSnapshots.Builder snapshots = MetricSnapshots.builder();
    view.counts()
        .forEach((name, count) ->
            snapshots.metricSnapshot(
                CounterSnapshot.builder()
                    .name(name)
                    .help("Counted since the start.")
                    .dataPoint(CounterDataPointSnapshot.builder().value((double) count).build())
                    .build()));
    return snapshots.build();
  }
}
