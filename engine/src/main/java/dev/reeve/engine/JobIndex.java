package dev.reeve.engine;

import dev.reeve.job.Job;
import org.jspecify.annotations.Nullable;

/// Something derived from the set of unfinished jobs. Told of every change, and of its reverse when
/// a commit fails, so it never needs an undo of its own. Confined to the writer's thread.
interface JobIndex {
  /// @param before the job as it was; null when it is new
  /// @param after the job as it is; null when a new job is taken back
  void changed(@Nullable Job before, @Nullable Job after);

  /// What it holds, as a value equal to that of any other index told of the same jobs.
  Object content();
}
