package dev.reeve.gateway.beamline.worker;

import dev.reeve.base.Bytes;

/// What an assignment took: one for each.
///
/// @param eventType the job's type
/// @param status the result's
/// @param timestampMs since 1970 UTC
/// @param traceId may be empty
record UsageEvent(
    String tenantId,
    String providerId,
    String eventType,
    long latencyMs,
    double cost,
    String status,
    long timestampMs,
    String traceId,
    String assignmentId,
    String requestId) {
  private static final String VERSION = "1";

  Bytes json() {
    return Bytes.utf8(
        new ExecJson()
            .put("version", VERSION)
            .put("tenant_id", tenantId)
            .put("provider_id", providerId)
            .put("event_type", eventType)
            .put("latency_ms", latencyMs)
            .put("cost", cost)
            .put("status", status)
            .put("timestamp", timestampMs)
            .putGiven("trace_id", traceId)
            .putGiven("assignment_id", assignmentId)
            .putGiven("request_id", requestId)
            .text());
  }

  /// The id by which the broker knows a repetition.
  String messageId() {
    return assignmentId + ":usage";
  }
}
