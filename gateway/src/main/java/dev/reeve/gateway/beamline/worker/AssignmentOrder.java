package dev.reeve.gateway.beamline.worker;

import java.util.Map;
import java.util.Objects;

/// What a caller of the router wants done by the provider that was chosen. Nothing is checked here:
/// [Assignments#push] does it.
///
/// @param subject where workers listen; empty for `caf.exec.assign.v1`
/// @param user for quotas by user; may be empty
/// @param key for quotas by key; may be empty
/// @param options the request's `options` as a JSON object; empty for none
/// @param metadata the request's `metadata` as a JSON object; empty for none
/// @param cause what led to it, the same when that comes again: then the assignment has the same
///   id, too. Empty for what never comes again
public record AssignmentOrder(
    String subject,
    String tenantId,
    String requestId,
    Task task,
    Correlation correlation,
    Choice choice,
    String options,
    String metadata,
    String user,
    String key,
    String cause) {

  /// What to do.
  ///
  /// @param type such as `chat`
  /// @param payloadRef where the payload is; wins over `payload`; may be empty
  /// @param payload any JSON value as text; empty for none
  public record Task(String type, String payloadRef, String payload) {
    public Task {
      Objects.requireNonNull(type, "type");
      Objects.requireNonNull(payloadRef, "payloadRef");
      Objects.requireNonNull(payload, "payload");
    }
  }

  /// What it belongs to; each may be empty.
  public record Correlation(
      String traceId,
      String runId,
      String flowId,
      String stepId,
      String spanId,
      String idempotencyKey) {
    /// Belongs to nothing.
    public static final Correlation NONE = new Correlation("", "", "", "", "", "");
  }

  /// The decision that was made.
  ///
  /// @param reason such as `weighted`
  /// @param policyId the policy that decided
  /// @param policyVersion its number in the store
  public record Choice(
      String providerId,
      String reason,
      int priority,
      long expectedLatencyMs,
      double expectedCost,
      Map<String, String> metadata,
      String policyId,
      long policyVersion) {
    public Choice {
      Objects.requireNonNull(providerId, "providerId");
      Objects.requireNonNull(policyId, "policyId");
      metadata = Map.copyOf(metadata);
    }
  }

  public AssignmentOrder {
    Objects.requireNonNull(tenantId, "tenantId");
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(correlation, "correlation");
    Objects.requireNonNull(choice, "choice");
    Objects.requireNonNull(cause, "cause");
  }
}
