package dev.reeve.gateway;

import dev.reeve.routing.LatencyCounts;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.List;

/// One metric in the making, and its points. Used by one thread.
final class MetricPoints {
  private enum Kind {
    COUNTER,
    GAUGE,
    HISTOGRAM
  }

  private record Point(Labels labels, double value) {}

  private record Times(Labels labels, LatencyCounts.View view) {}

  private final Kind kind;
  private final String name;
  private final String help;
  private final double perSecond;
  private final List<Point> points = new ArrayList<>();
  private final List<Times> times = new ArrayList<>();

  private MetricPoints(Kind kind, String name, String help, double perSecond) {
    this.kind = kind;
    this.name = name;
    this.help = help;
    this.perSecond = perSecond;
  }

  /// @param name without `_total`
  static MetricPoints counter(String name, String help) {
    return new MetricPoints(Kind.COUNTER, name, help, 1);
  }

  static MetricPoints gauge(String name, String help) {
    return new MetricPoints(Kind.GAUGE, name, help, 1);
  }

  /// A histogram in seconds.
  static MetricPoints seconds(String name, String help) {
    return new MetricPoints(Kind.HISTOGRAM, name, help, 1);
  }

  /// A histogram in milliseconds.
  static MetricPoints millis(String name, String help) {
    return new MetricPoints(Kind.HISTOGRAM, name, help, 1_000);
  }

  MetricPoints add(Labels labels, double value) {
    points.add(new Point(labels, value));
    return this;
  }

  MetricPoints add(Labels labels, LatencyCounts.View view) {
    times.add(new Times(labels, view));
    return this;
  }

  MetricSnapshot snapshot() {
    return switch (kind) {
      case COUNTER -> {
        CounterSnapshot.Builder counter = CounterSnapshot.builder().name(name).help(help);
        points.forEach(point ->
            counter.dataPoint(
                CounterSnapshot.CounterDataPointSnapshot.builder()
                    .labels(point.labels())
                    .value(point.value())
                    .build()));
        yield counter.build();
      }
      case GAUGE -> {
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
        points.forEach(point ->
            gauge.dataPoint(
                GaugeSnapshot.GaugeDataPointSnapshot.builder()
                    .labels(point.labels())
                    .value(point.value())
                    .build()));
        yield gauge.build();
      }
      case HISTOGRAM -> {
        HistogramSnapshot.Builder histogram = HistogramSnapshot.builder().name(name).help(help);
        times.forEach(time -> histogram.dataPoint(point(time)));
        yield histogram.build();
      }
    };
  }

  private HistogramSnapshot.HistogramDataPointSnapshot point(Times time) {
    ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
    LatencyCounts.View view = time.view();
    for (int i = 0; i < view.counts().size(); i++) {
      buckets.bucket(view.boundsSeconds().get(i) * perSecond, view.counts().get(i));
    }
    return HistogramSnapshot.HistogramDataPointSnapshot.builder()
        .labels(time.labels())
        .classicHistogramBuckets(buckets.build())
        .sum(view.sumSeconds() * perSecond)
        .build();
  }
}
