package dev.reeve.gateway.eigen;

import com.google.protobuf.Duration;
import java.util.Optional;

/// What every call may carry beside its own fields, whatever message brought it.
///
/// @param path name of the field it came in, for messages
/// @param contractVersion semantic version of the contract; empty when not said
/// @param idempotencyKey empty when not said
/// @param deadline from now until the job must have ended, as received
/// @param tenant empty when not said
/// @param project empty when not said
record CallEnvelope(
    String path,
    String contractVersion,
    String idempotencyKey,
    Optional<Duration> deadline,
    String tenant,
    String project) {
  /// For calls whose messages have none.
  static final CallEnvelope NONE = new CallEnvelope("envelope", "", "", Optional.empty(), "", "");

  static CallEnvelope of(dev.reeve.wire.eigen.api.v1.ApiRequestEnvelope envelope) {
    return new CallEnvelope(
        "envelope",
        envelope.getContractVersion(),
        envelope.getIdempotencyKey(),
        envelope.hasDeadline() ? Optional.of(envelope.getDeadline()) : Optional.empty(),
        envelope.getTenantId(),
        envelope.getProjectId());
  }

  static CallEnvelope of(dev.reeve.wire.eigen.internal.v1.RequestMetadata metadata) {
    return of("metadata", metadata);
  }

  /// @param path name of the field it came in
  static CallEnvelope of(String path, dev.reeve.wire.eigen.internal.v1.RequestMetadata metadata) {
    return new CallEnvelope(
        path,
        metadata.getContractVersion(),
        metadata.getIdempotencyKey(),
        metadata.hasDeadline() ? Optional.of(metadata.getDeadline()) : Optional.empty(),
        metadata.getTenantId(),
        metadata.getProjectId());
  }
}
