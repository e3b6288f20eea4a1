package dev.reeve.gateway.beamline.worker;

import dev.reeve.governance.cif.JsonValue;
import java.util.Map;
import java.util.Optional;

/// A job that is given to workers: the `ExecAssignment` of the contract.
///
/// @param assignmentId UUID
/// @param requestId of the caller, or the id of a job of ours
/// @param metadata any JSON by name
record WorkerAssignment(
    String assignmentId,
    String requestId,
    String tenantId,
    Executor executor,
    Task task,
    Options options,
    AssignmentOrder.Correlation correlation,
    Decision decision,
    Map<String, JsonValue> metadata) {
  static final String VERSION = "1";

  /// How the provider is reached.
  ///
  /// @param channel `nats` or `grpc`
  /// @param endpoint may be empty
  record Executor(String providerId, String channel, String endpoint) {
    static final String NATS = "nats";
  }

  /// What to do.
  ///
  /// @param payloadRef where the payload is; wins over `payload`; may be empty
  record Task(String type, String payloadRef, Optional<JsonValue> payload) {}

  /// How to do it.
  ///
  /// @param retryAttemptsMax tries that the worker makes by itself
  /// @param others members that we do not know
  record Options(
      int priority,
      long deadlineMs,
      int retryAttemptsMax,
      long retryBackoffMs,
      Map<String, JsonValue> others) {
    Options {
      others = Map.copyOf(others);
    }
  }

  /// Why this provider.
  record Decision(
      String providerId,
      int priority,
      long expectedLatencyMs,
      double expectedCost,
      String reason,
      Map<String, String> metadata) {
    Decision {
      metadata = Map.copyOf(metadata);
    }
  }
}
