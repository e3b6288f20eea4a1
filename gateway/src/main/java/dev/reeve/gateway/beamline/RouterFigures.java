package dev.reeve.gateway.beamline;

import dev.reeve.gateway.beamline.worker.ContractCounts;
import dev.reeve.service.bus.DeliveryCounters;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/// What is counted of requests for decisions on their way in and out (section 7 of the BeamLine
/// contract). Safe on any thread.
public final class RouterFigures {
  final DeliveryCounters deliveries = new DeliveryCounters();
  final LongAdder keyHits = new LongAdder();
  final LongAdder keyMisses = new LongAdder();
  final LongAdder keyEvictions = new LongAdder();
  final LongAdder keyConflicts = new LongAdder();
  final LongAdder assignmentsSkipped = new LongAdder();
  final LongAdder degraded = new LongAdder();
  final LongAdder backpressureWarnings = new LongAdder();
  final LongAdder backpressureActive = new LongAdder();

  /// Counts of nothing yet.
  public RouterFigures() {}

  /// The counts by the contract's names without `router_` and `_total`.
  public Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>(ContractCounts.of(deliveries));
    counts.put("idem_hits", keyHits.sum());
    counts.put("idem_miss", keyMisses.sum());
    counts.put("idem_evictions", keyEvictions.sum());
    counts.put("idem_conflict", keyConflicts.sum());
    counts.put("assignment_skipped", assignmentsSkipped.sum());
    counts.put("degraded_mode_active", degraded.sum());
    counts.put("backpressure_events{status=\"warning\"}", backpressureWarnings.sum());
    counts.put("backpressure_events{status=\"active\"}", backpressureActive.sum());
    return counts;
  }
}
