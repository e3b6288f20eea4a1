package dev.reeve.gateway.beamline.worker;

import dev.reeve.service.bus.DeadLetters.Reason;
import dev.reeve.service.bus.DeliveryCounters;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What is counted of workers and deliveries by the names of the BeamLine contract (section 7),
/// without `router_` and `_total`.
public final class ContractCounts {
  private ContractCounts() {}

  /// How deliveries were settled.
  public static Map<String, Long> of(DeliveryCounters deliveries) {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("jetstream_ack", deliveries.acknowledged());
    counts.put("jetstream_redelivery", deliveries.redelivered());
    counts.put("jetstream_maxdeliver_exhausted", deliveries.buried(Reason.MAXDELIVER_EXHAUSTED));
    counts.put("nats_nak", deliveries.givenBack());
    counts.put("redelivery", deliveries.redelivered());
    for (Reason reason : Reason.values()) {
      String label = reason.name().toLowerCase(Locale.ROOT);
      counts.put("dlq{reason=\"" + label + "\"}", deliveries.buried(reason));
    }
    return counts;
  }

  /// What was counted of workers.
  static Map<String, Long> of(ExecMetrics metrics) {
    Map<String, Long> counts = new TreeMap<>(of(metrics.deliveries));
    counts.put("assignment_published", metrics.assignmentsPublished.sum());
    counts.put("assignment_retry", metrics.assignmentsRetried.sum());
    counts.put("assignment_blocked", metrics.assignmentsBlocked.sum());
    counts.put("assignment_publish_failures", metrics.assignmentsFailed.sum());
    counts.put("results", metrics.results.sum());
    counts.put("results_duplicate", metrics.resultsDuplicate.sum());
    counts.put("results_tenant_rejected", metrics.resultTenantsRejected.sum());
    counts.put("results_validation_failed", metrics.resultsInvalid.sum());
    counts.put("acks", metrics.acks.sum());
    counts.put("acks_duplicate", metrics.acksDuplicate.sum());
    counts.put("acks_tenant_rejected", metrics.ackTenantsRejected.sum());
    counts.put("acks_validation_failed", metrics.acksInvalid.sum());
    counts.put("usage_emitted", metrics.usageEmitted.sum());
    counts.put("nats_contract_violations", metrics.contractViolations.sum());
    return counts;
  }
}
