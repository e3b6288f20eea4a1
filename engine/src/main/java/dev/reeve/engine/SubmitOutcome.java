package dev.reeve.engine;

import dev.reeve.job.Job;
import dev.reeve.job.JobKey;

/// What became of a submit that was not refused.
public sealed interface SubmitOutcome {
  /// A new job, committed. Its state says whether it is queued, held or denied.
  record Admitted(Job job) implements SubmitOutcome {}

  /// The same request as before; nothing was changed.
  record Replayed(JobKey key) implements SubmitOutcome {}
}
