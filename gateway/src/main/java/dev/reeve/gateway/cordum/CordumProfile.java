package dev.reeve.gateway.cordum;

import dev.reeve.engine.Idempotency;
import java.time.Duration;

/// The choices of the Cordum contract where APIs differ, as data for the core.
///
/// @param dialect name under which its jobs are stored
/// @param onMismatch what another request under a used key gets
/// @param keyTtl how long a key is remembered
/// @param topicDefault topic of a job that names none
/// @param promptCharactersMax longest prompt; a longer one is a matter of the tier, so it is denied
/// @param promptLabelBytesMax longest prompt that policy sees as a label
/// @param batchPriority priority of `batch`
/// @param interactivePriority priority of `interactive`, and of every unknown word
/// @param criticalPriority priority of `critical`
/// @param inputTokensMax token budget of the prompt's side
/// @param outputTokensMax token budget of the answer's side
record CordumProfile(
    String dialect,
    Idempotency.OnMismatch onMismatch,
    Duration keyTtl,
    String topicDefault,
    int promptCharactersMax,
    int promptLabelBytesMax,
    int batchPriority,
    int interactivePriority,
    int criticalPriority,
    int inputTokensMax,
    int outputTokensMax) {
  static final CordumProfile V1 =
      new CordumProfile(
          "cordum",
          Idempotency.OnMismatch.RETURN_FIRST,
          Duration.ofDays(90),
          "job.default",
          50_000,
          4096,
          20,
          50,
          80,
          8000,
          1024);

  /// The number of a priority word.
  int priority(String word) {
    return switch (word) {
      case "batch" -> batchPriority;
      case "critical" -> criticalPriority;
      default -> interactivePriority;
    };
  }
}
