package dev.reeve.engine;

import dev.reeve.base.Bytes;
import dev.reeve.engine.port.IdempotencyScope;

/// How a repeated submit is recognised and answered. The choices of a dialect arrive here as data.
///
/// @param scope the name of the request
/// @param fingerprint SHA-256 over the decoded request as received, without request ids and traces
/// @param ttlMicros how long the name stays taken
/// @param onMismatch what another request under the same name gets
public record Idempotency(
    IdempotencyScope scope, Bytes fingerprint, long ttlMicros, OnMismatch onMismatch) {
  /// What happens when the fingerprint differs.
  public enum OnMismatch {
    /// Refused with `IDEMPOTENCY_CONFLICT`.
    REFUSE,
    /// The first job is answered whatever the request says.
    RETURN_FIRST
  }
}
