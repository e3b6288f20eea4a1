package dev.reeve.gateway.beamline.worker;

import java.util.Map;
import java.util.Optional;

/// What a worker says became of an assignment: the `ExecResult` of the contract, with what workers
/// add to it.
///
/// @param assignmentId may be empty when `requestId` is not
/// @param jobType may be empty
/// @param jobMetadata of the job, as text
/// @param latencyMs at least 0
/// @param cost at least 0
/// @param timestampMs since 1970 UTC; 0 when not said
/// @param errorCode a name of [ExecErrorCode] or a worker's own word; empty for none
/// @param output what was made
/// @param workerId who did it; may be empty
/// @param retriesUsed tries that the worker made by itself beyond the first
/// @param inputTokens 0 when not said
/// @param outputTokens 0 when not said
record WorkerResult(
    String assignmentId,
    String requestId,
    ResultStatus status,
    String providerId,
    String jobType,
    Map<String, String> jobMetadata,
    long latencyMs,
    double cost,
    AssignmentOrder.Correlation correlation,
    String tenantId,
    long timestampMs,
    String errorCode,
    String errorMessage,
    Optional<WorkerOutput> output,
    String workerId,
    int retriesUsed,
    long inputTokens,
    long outputTokens) {
  static final int ID_LENGTH_MAX = 128;
  static final int MESSAGE_LENGTH_MAX = 64 * 1_024;

  WorkerResult {
    jobMetadata = Map.copyOf(jobMetadata);
  }

  /// The same with another code.
  WorkerResult withErrorCode(String code) {
    return new WorkerResult(
        assignmentId,
        requestId,
        status,
        providerId,
        jobType,
        jobMetadata,
        latencyMs,
        cost,
        correlation,
        tenantId,
        timestampMs,
        code,
        errorMessage,
        output,
        workerId,
        retriesUsed,
        inputTokens,
        outputTokens);
  }

  /// The same, with what the headers of its message say over what it says itself.
  WorkerResult under(ExecHeaders headers) {
    AssignmentOrder.Correlation given = correlation;
    String trace = headers.traceId().isEmpty() ? given.traceId() : headers.traceId();
    return new WorkerResult(
        assignmentId,
        requestId,
        status,
        providerId,
        jobType,
        jobMetadata,
        latencyMs,
        cost,
        new AssignmentOrder.Correlation(
            trace,
            given.runId(),
            given.flowId(),
            given.stepId(),
            given.spanId(),
            given.idempotencyKey()),
        headers.tenantId().isEmpty() ? tenantId : headers.tenantId(),
        timestampMs,
        errorCode,
        errorMessage,
        output,
        workerId.isEmpty() ? headers.producer() : workerId,
        retriesUsed,
        inputTokens,
        outputTokens);
  }
}
