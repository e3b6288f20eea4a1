package dev.reeve.gateway.mathison;

import dev.reeve.engine.Idempotency;
import java.time.Duration;

/// The choices of the Mathison contract where APIs differ, as data for the core.
///
/// @param dialect name under which its jobs are stored
/// @param onMismatch what other inputs under a used job id get
/// @param keyTtl how long a given job id names its job; longer than any job is kept
/// @param waitMax how long a run waits for its end before it answers `running`
/// @param answerMargin how long before the caller's deadline the answer leaves
record MathisonProfile(
    String dialect,
    Idempotency.OnMismatch onMismatch,
    Duration keyTtl,
    Duration waitMax,
    Duration answerMargin) {
  static final MathisonProfile V1 =
      new MathisonProfile(
          "mathison",
          Idempotency.OnMismatch.REFUSE,
          Duration.ofDays(36_500),
          Duration.ofSeconds(30),
          Duration.ofMillis(250));

  /// How long to wait for a caller who waits so long.
  Duration waitWithin(Duration deadline) {
    Duration quarter = deadline.dividedBy(4);
    Duration margin = quarter.compareTo(answerMargin) < 0 ? quarter : answerMargin;
    Duration wait = deadline.minus(margin);
    return wait.compareTo(waitMax) < 0 ? wait : waitMax;
  }
}
