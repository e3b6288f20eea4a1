package dev.reeve.gateway.beamline.worker;

import dev.reeve.service.bus.DeliveryCounters;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// What is counted of workers and their messages. Safe on any thread.
final class ExecMetrics {
  final LongAdder assignmentsPublished = new LongAdder();
  final LongAdder assignmentsRetried = new LongAdder();
  final LongAdder assignmentsFailed = new LongAdder();
  final LongAdder assignmentsBlocked = new LongAdder();
  final LongAdder assignmentsCancelled = new LongAdder();
  final LongAdder acks = new LongAdder();
  final LongAdder acksInvalid = new LongAdder();
  final LongAdder acksDuplicate = new LongAdder();
  final LongAdder acksUnknown = new LongAdder();
  final LongAdder results = new LongAdder();
  final LongAdder resultsDuplicate = new LongAdder();
  final LongAdder resultsLate = new LongAdder();
  final LongAdder resultsUnknown = new LongAdder();
  final LongAdder resultsInvalid = new LongAdder();
  final LongAdder resultTenantsRejected = new LongAdder();
  final LongAdder ackTenantsRejected = new LongAdder();
  final LongAdder contractViolations = new LongAdder();
  final LongAdder redelivered = new LongAdder();
  final LongAdder usageEmitted = new LongAdder();
  final LongAdder heartbeats = new LongAdder();
  final LongAdder heartbeatsInvalid = new LongAdder();
  final LongAdder workersGone = new LongAdder();
  final LongAdder resultsMissed = new LongAdder();
  final DeliveryCounters deliveries = new DeliveryCounters();

  /// The counts by name, in a fixed order.
  Map<String, Long> counts() {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("assignments_published", assignmentsPublished.sum());
    counts.put("assignments_retried", assignmentsRetried.sum());
    counts.put("assignments_failed", assignmentsFailed.sum());
    counts.put("assignments_blocked", assignmentsBlocked.sum());
    counts.put("assignments_cancelled", assignmentsCancelled.sum());
    counts.put("acks", acks.sum());
    counts.put("acks_invalid", acksInvalid.sum());
    counts.put("acks_duplicate", acksDuplicate.sum());
    counts.put("acks_unknown", acksUnknown.sum());
    counts.put("results", results.sum());
    counts.put("results_duplicate", resultsDuplicate.sum());
    counts.put("results_late", resultsLate.sum());
    counts.put("results_unknown", resultsUnknown.sum());
    counts.put("results_invalid", resultsInvalid.sum());
    counts.put("results_missed", resultsMissed.sum());
    counts.put("tenants_rejected", resultTenantsRejected.sum() + ackTenantsRejected.sum());
    counts.put("contract_violations", contractViolations.sum());
    counts.put("redelivered", redelivered.sum());
    counts.put("usage_emitted", usageEmitted.sum());
    counts.put("heartbeats", heartbeats.sum());
    counts.put("heartbeats_invalid", heartbeatsInvalid.sum());
    counts.put("workers_gone", workersGone.sum());
    return counts;
  }
}
