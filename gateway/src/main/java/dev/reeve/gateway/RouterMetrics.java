package dev.reeve.gateway;

import dev.reeve.routing.BreakerCounters;
import dev.reeve.routing.BreakerState;
import dev.reeve.routing.BreakerView;
import dev.reeve.routing.ExtensionType;
import dev.reeve.routing.RefusalCode;
import dev.reeve.routing.RouteReason;
import dev.reeve.routing.Router;
import dev.reeve.routing.RouterCounters;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What is counted of the router, under the names of the BeamLine contract (section 7). Ids are no
/// labels; a tenant has one of its own when it is among the tenants that are served by name.
final class RouterMetrics implements MultiCollector {
  private final HealthView view;
  private final CallMetrics calls;

  /// @param calls those of the router's methods are shown
  RouterMetrics(HealthView view, CallMetrics calls) {
    this.view = view;
    this.calls = calls;
  }

  @Override
  public MetricSnapshots collect() {
    return view.router().map(this::of).orElseGet(MetricSnapshots::new);
  }

  private MetricSnapshots of(Router router) {
    RouterCounters counters = router.counters();
    List<MetricPoints> all = new ArrayList<>();
    all.add(requests());
    all.add(durations());
    all.add(decisions(counters));
    all.add(refusals(counters));
    all.add(
        MetricPoints.millis("router_policy_decision_latency_ms", "Time of decisions and refusals.")
            .add(Labels.EMPTY, counters.decisionLatency()));
    all.add(
        MetricPoints.millis(
                "router_policy_application_latency_ms",
                "Time to choose by a policy, without extensions.")
            .add(Labels.EMPTY, counters.applicationLatency()));
    all.add(
        MetricPoints.counter("router_sticky_hits", "Decisions by the pin of a session.")
            .add(Labels.EMPTY, (double) counters.stickyHits()));
    all.add(
        MetricPoints.counter("router_sticky_miss", "Decisions of sessions without a pin in force.")
            .add(Labels.EMPTY, (double) counters.stickyMisses()));
    all.add(
        MetricPoints.counter("router_retry_exhausted", "Failures that had no retry left.")
            .add(Labels.EMPTY, (double) counters.retriesExhausted()));
    all.addAll(rates(counters));
    all.addAll(extensions(counters));
    all.addAll(breakers(counters.breakers()));
    all.addAll(BreakerGauges.of(router.breakers(""), counters));
    all.add(breakersByState(router.breakers("")));
    return new MetricSnapshots(all.stream().map(MetricPoints::snapshot).toList());
  }

  private MetricPoints requests() {
    MetricPoints points =
        MetricPoints.counter("router_grpc_requests", "Calls of the router, by method and status.");
    for (Map.Entry<CallMetrics.Key, Long> entry : calls.snapshot().entrySet()) {
      CallMetrics.Key key = entry.getKey();
      if (CallMetrics.isTimed(key.method())) {
        points.add(
            Labels.of("method", key.method(), "status", key.code().name()),
            (double) entry.getValue());
      }
    }
    return points;
  }

  private MetricPoints durations() {
    MetricPoints points =
        MetricPoints.seconds("router_grpc_request_duration_seconds", "Time of calls, by method.");
    calls.durations().forEach((method, took) -> points.add(Labels.of("method", method), took));
    return points;
  }

  private static MetricPoints decisions(RouterCounters counters) {
    MetricPoints points =
        MetricPoints.counter(
            "router_policy_decisions", "Routing decisions, by what they were based on.");
    for (RouteReason reason : RouteReason.values()) {
      points.add(Labels.of("reason", reason.wireName()), (double) counters.decisions(reason));
    }
    return points;
  }

  private static MetricPoints refusals(RouterCounters counters) {
    MetricPoints points =
        MetricPoints.counter(
            "router_policy_refusals", "Routing requests that were refused, by why.");
    for (RefusalCode code : RefusalCode.values()) {
      points.add(Labels.of("reason", code.reason()), (double) counters.refusals(code));
    }
    return points;
  }

  private static List<MetricPoints> rates(RouterCounters counters) {
    MetricPoints allowed =
        MetricPoints.counter("router_rate_limit_allowed", "Requests that a limit let through.");
    counters.rateAllowed((scope, count) -> allowed.add(labels(scope), (double) count));
    MetricPoints exceeded =
        MetricPoints.counter("router_rate_limit_exceeded", "Requests that a limit refused.");
    counters.rateExceeded((scope, count) -> exceeded.add(labels(scope), (double) count));
    return List.of(allowed, exceeded);
  }

  private static Labels labels(RouterCounters.RateScope scope) {
    return Labels.of("scope", scope.scope(), "tenant_id", scope.tenant());
  }

  private static List<MetricPoints> extensions(RouterCounters counters) {
    MetricPoints runs =
        MetricPoints.counter(
            "router_extension_execution", "Extensions, by what became of each of them.");
    counters.extensions((run, count) ->
        runs.add(Labels.of("status", run.status(), "type", run.type().wireName()), (double) count));
    MetricPoints latency =
        MetricPoints.millis("router_extension_latency_ms", "Time of calls of extensions.");
    for (ExtensionType type : ExtensionType.values()) {
      latency.add(Labels.of("type", type.wireName()), counters.extensionLatency(type));
    }
    return List.of(runs, latency);
  }

  private static List<MetricPoints> breakers(BreakerCounters counters) {
    MetricPoints moves =
        MetricPoints.counter(
            "router_circuit_breaker_state_transitions", "Moves of circuit breakers.");
    for (BreakerState from : BreakerState.values()) {
      for (BreakerState to : BreakerState.values()) {
        if (from != to) {
          moves.add(
              Labels.of("from", from.wireName(), "to", to.wireName()),
              (double) counters.moves(from, to));
        }
      }
    }
    MetricPoints events =
        MetricPoints.counter(
            "router_circuit_breaker_events", "What circuit breakers heard, and refused.");
    for (BreakerCounters.Event event : BreakerCounters.Event.values()) {
      events.add(
          Labels.of("event", event.name().toLowerCase(Locale.ROOT)),
          (double) counters.events(event));
    }
    return List.of(moves, events);
  }

  private static MetricPoints breakersByState(List<BreakerView> breakers) {
    MetricPoints points =
        MetricPoints.gauge(
            "router_circuit_breakers",
            "Circuit breakers in front of providers, by state; at most a thousand.");
    for (BreakerState state : BreakerState.values()) {
      long count = breakers.stream().filter(breaker -> breaker.state() == state).count();
      points.add(Labels.of("state", state.wireName()), (double) count);
    }
    return points;
  }
}
