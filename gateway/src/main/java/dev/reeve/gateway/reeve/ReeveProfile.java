package dev.reeve.gateway.reeve;

import dev.reeve.engine.Idempotency;
import java.time.Duration;

/// The choices of this API where APIs differ, as data for the core.
///
/// @param dialect name under which its jobs are stored
/// @param onMismatch what another request under a used key gets
/// @param keyTtl how long a key is remembered unless the caller says
/// @param keyTtlMax how long a caller may have it remembered
/// @param lengthMax longest deadline or run timeout
/// @param inlinePayloadBytesMax larger payloads are handled on a virtual thread
record ReeveProfile(
    String dialect,
    Idempotency.OnMismatch onMismatch,
    Duration keyTtl,
    Duration keyTtlMax,
    Duration lengthMax,
    int inlinePayloadBytesMax) {
  static final ReeveProfile V1 =
      new ReeveProfile(
          "reeve",
          Idempotency.OnMismatch.REFUSE,
          Duration.ofHours(24),
          Duration.ofDays(90),
          Duration.ofDays(365),
          16 * 1024);
}
