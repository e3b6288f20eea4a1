package dev.reeve.gateway;

import dev.reeve.service.bus.BusHealth;
import dev.reeve.service.bus.PublicationStatus;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;

/// What is counted of the bus; nothing when there is none.
final class BusMetrics implements MultiCollector {
  private final HealthView view;

  BusMetrics(HealthView view) {
    this.view = view;
  }

  @Override
  public MetricSnapshots collect() {
    List<MetricSnapshot> all = new ArrayList<>();
    view.bus().ifPresent(bus -> all.addAll(of(bus)));
    view.publication().ifPresent(publication -> all.addAll(of(publication)));
    return new MetricSnapshots(all);
  }

  private static List<MetricSnapshot> of(PublicationStatus publication) {
    return List.of(
        gauge(
            "reeve_publication_position",
            "Commits up to this one are published.",
            publication.position()),
        gauge("reeve_publication_behind", "Commits not yet published.", publication.behind()),
        counter(
            "reeve_publication_messages",
            "Messages that the broker acknowledged.",
            publication.published()),
        counter(
            "reeve_publication_failures",
            "Attempts that it did not acknowledge.",
            publication.failures()),
        counter(
            "reeve_publication_skipped",
            "Messages that no broker will take.",
            publication.skipped()));
  }

  private static List<MetricSnapshot> of(BusHealth bus) {
    return List.of(
        gauge("reeve_bus_connected", "1 while messages go through.", bus.isConnected() ? 1 : 0),
        counter("reeve_bus_connects", "Connections made to a broker.", bus.connects()),
        counter("reeve_bus_published", "Messages sent.", bus.published()),
        counter(
            "reeve_bus_publish_failures",
            "Messages refused, or not acknowledged.",
            bus.publishFailures()),
        counter("reeve_bus_received", "Messages handed to handlers.", bus.received()),
        counter("reeve_bus_handler_failures", "Handlers that failed.", bus.handlerFailures()),
        counter(
            "reeve_bus_dropped", "Messages lost because a handler was too slow.", bus.dropped()),
        gauge(
            "reeve_bus_slow_subscriptions",
            "Subscriptions that lost messages lately.",
            bus.slowSubscriptions()),
        gauge("reeve_bus_pending", "Messages that wait for handlers.", bus.pending()),
        gauge(
            "reeve_bus_outstanding_requests",
            "Requests without an answer.",
            bus.outstandingRequests()),
        gauge(
            "reeve_bus_outstanding_publishes",
            "Durable messages without an acknowledgement.",
            bus.outstandingPublishes()));
  }

  private static GaugeSnapshot gauge(String name, String help, long value) {
    return GaugeSnapshot.builder()
        .name(name)
        .help(help)
        .dataPoint(GaugeDataPointSnapshot.builder().value((double) value).build())
        .build();
  }

  private static CounterSnapshot counter(String name, String help, long value) {
    return CounterSnapshot.builder()
        .name(name)
        .help(help)
        .dataPoint(CounterDataPointSnapshot.builder().value((double) value).build())
        .build();
  }
}
