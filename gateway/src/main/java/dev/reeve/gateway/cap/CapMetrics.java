package dev.reeve.gateway.cap;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// What is counted of workers of this protocol and their packets. Safe on any thread.
final class CapMetrics {
  final LongAdder jobsReceived = new LongAdder();
  final LongAdder jobsRefused = new LongAdder();
  final LongAdder jobsDispatched = new LongAdder();
  final LongAdder jobsNotSent = new LongAdder();
  final LongAdder progress = new LongAdder();
  final LongAdder results = new LongAdder();
  final LongAdder resultsFenced = new LongAdder();
  final LongAdder cancelsReceived = new LongAdder();
  final LongAdder cancelsSent = new LongAdder();
  final LongAdder handshakes = new LongAdder();
  final LongAdder heartbeats = new LongAdder();
  final LongAdder sessionsOpened = new LongAdder();
  final LongAdder withoutSession = new LongAdder();
  final LongAdder packetsRefused = new LongAdder();
  final LongAdder alertsSent = new LongAdder();
  final LongAdder alertsReceived = new LongAdder();
  final LongAdder workersGone = new LongAdder();
  final LongAdder sagaRollbacks = new LongAdder();
  final LongAdder sagaCompensations = new LongAdder();
  final LongAdder sagaCompensationsRefused = new LongAdder();
  final LongAdder sagaPostponed = new LongAdder();

  /// The counts by name, in a fixed order.
  Map<String, Long> counts() {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("jobs_received", jobsReceived.sum());
    counts.put("jobs_refused", jobsRefused.sum());
    counts.put("jobs_dispatched", jobsDispatched.sum());
    counts.put("jobs_not_sent", jobsNotSent.sum());
    counts.put("progress", progress.sum());
    counts.put("results", results.sum());
    counts.put("results_fenced", resultsFenced.sum());
    counts.put("cancels_received", cancelsReceived.sum());
    counts.put("cancels_sent", cancelsSent.sum());
    counts.put("handshakes", handshakes.sum());
    counts.put("heartbeats", heartbeats.sum());
    counts.put("sessions_opened", sessionsOpened.sum());
    counts.put("without_session", withoutSession.sum());
    counts.put("packets_refused", packetsRefused.sum());
    counts.put("alerts_sent", alertsSent.sum());
    counts.put("alerts_received", alertsReceived.sum());
    counts.put("workers_gone", workersGone.sum());
    counts.put("saga_rollbacks", sagaRollbacks.sum());
    counts.put("saga_compensations", sagaCompensations.sum());
    counts.put("saga_compensations_refused", sagaCompensationsRefused.sum());
    counts.put("saga_postponed", sagaPostponed.sum());
    return counts;
  }
}
