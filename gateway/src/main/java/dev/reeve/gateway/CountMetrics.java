package dev.reeve.gateway;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What other parts of the server count, by the names they give it: `NAME`, or
/// `NAME{LABEL="VALUE"}`.
final class CountMetrics implements MultiCollector {
  private static final Pattern LABELLED = Pattern.compile("(.*)\\{(\\w+)=\"(.*)\"}");

  private final HealthView view;

  CountMetrics(HealthView view) {
    this.view = view;
  }

  @Override
  public MetricSnapshots collect() {
    Map<String, List<CounterDataPointSnapshot>> points = new TreeMap<>();
    view.counts()
        .forEach((text, count) -> {
          Matcher labelled = LABELLED.matcher(text);
          boolean has = labelled.matches();
          points
              .computeIfAbsent(has ? labelled.group(1) : text, _ -> new ArrayList<>())
              .add(
                  CounterDataPointSnapshot.builder()
                      .value((double) count)
                      .labels(has ? Labels.of(labelled.group(2), labelled.group(3)) : Labels.EMPTY)
                      .build());
        });
    MetricSnapshots.Builder snapshots = MetricSnapshots.builder();
    points.forEach((name, of) -> {
      CounterSnapshot.Builder counter =
          CounterSnapshot.builder().name(name).help("Counted since the start.");
      of.forEach(counter::dataPoint);
      snapshots.metricSnapshot(counter.build());
    });
    return snapshots.build();
  }
}
