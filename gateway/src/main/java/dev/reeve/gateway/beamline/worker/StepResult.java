package dev.reeve.gateway.beamline.worker;

import dev.reeve.base.Bytes;
import dev.reeve.base.Check;
import dev.reeve.governance.cif.JsonText;
import dev.reeve.governance.cif.JsonValue;
import java.util.Map;
import java.util.Optional;

/// What a block of a worker gives back, before it is sent: becomes a result with nothing lost.
///
/// @param error [ExecErrorCode#NONE] unless the status is error
/// @param outputs any JSON by name
/// @param errorMessage may be empty
/// @param latencyMs at least 0
record StepResult(
    ResultStatus status,
    ExecErrorCode error,
    Map<String, JsonValue> outputs,
    String errorMessage,
    AssignmentOrder.Correlation correlation,
    String tenantId,
    long latencyMs,
    int retriesUsed) {
  StepResult {
    Check.argument(latencyMs >= 0, "latency_ms: %s (expected: at least 0)", latencyMs);
    boolean none = error == ExecErrorCode.NONE;
    Check.argument(
        status != ResultStatus.SUCCESS || none, "error: %s (expected: none when ok)", error);
    Check.argument(status != ResultStatus.ERROR || !none, "error: none (expected: a code)");
  }

  /// The result of an assignment.
  ///
  /// @param cost in the currency of the price table
  WorkerResult of(WorkerAssignment assignment, double cost, long timestampMs, String workerId) {
    Optional<WorkerOutput> output =
        outputs.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new WorkerOutput(
                    "application/json",
                    Bytes.utf8(JsonText.write(new JsonValue.Members(outputs)))));
    return new WorkerResult(
        assignment.assignmentId(),
        assignment.requestId(),
        status,
        assignment.executor().providerId(),
        assignment.task().type(),
        Map.of(),
        latencyMs,
        cost,
        correlation,
        tenantId,
        timestampMs,
        error == ExecErrorCode.NONE ? "" : error.name(),
        errorMessage,
        output,
        workerId,
        retriesUsed,
        0,
        0);
  }
}
