package dev.reeve.engine;

import dev.reeve.job.Job;
import dev.reeve.job.JobKey;

/// What became of a submit that was not refused.
public sealed interface SubmitOutcome {
  /// A new job, committed, as it was admitted: queued, waiting, held or denied. It may have gone on
  /// in the same commit.
  record Admitted(Job job) implements SubmitOutcome {}

  /// Policy says "not now": it was counted and there is no job.
  record Throttled() implements SubmitOutcome {}

  /// The same request as before; nothing was changed.
  record Replayed(JobKey key) implements SubmitOutcome {}
}
