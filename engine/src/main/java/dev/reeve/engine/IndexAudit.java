package dev.reeve.engine;

import dev.reeve.job.Job;
import java.util.ArrayList;
import java.util.List;

/// Compares what the writer derived step by step with the same made anew from the jobs. They are
/// equal after any number of commits, failed ones included; a difference is a defect.
final class IndexAudit {
  private IndexAudit() {}

  /// @param jobs the unfinished jobs as they are now
  /// @return one line for each index that differs; empty when all is well
  static List<String> differences(LogState state, List<Job> jobs, MonotonicClock clock) {
    LogState anew = new LogState(state.limits, clock, () -> 0);
    for (Job job : jobs) {
      for (JobIndex index : anew.indexes) {
        index.changed(null, job);
      }
    }
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < state.indexes.size(); i++) {
      JobIndex live = state.indexes.get(i);
      Object has = live.content();
      Object expected = anew.indexes.get(i).content();
      if (!has.equals(expected)) {
        differences.add(
            live.getClass().getSimpleName() + ": " + has + " (expected: " + expected + ")");
      }
    }
    return differences;
  }
}
