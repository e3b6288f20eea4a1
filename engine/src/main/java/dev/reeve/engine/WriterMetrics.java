package dev.reeve.engine;

import dev.reeve.job.JobEvent;
import java.util.concurrent.atomic.LongAdder;

/// What the writer counts. Read by anyone at any time.
public final class WriterMetrics {
  public final LongAdder commits = new LongAdder();
  public final LongAdder commands = new LongAdder();
  public final LongAdder refusedBusy = new LongAdder();
  public final LongAdder failedCommits = new LongAdder();
  public final LongAdder commitNanos = new LongAdder();
  public final LongAdder jobsAdmitted = new LongAdder();
  public final LongAdder jobsFinished = new LongAdder();
  public final LongAdder dispatches = new LongAdder();
  public final LongAdder receipts = new LongAdder();

  void count(Change change) {
    if (change.before == null) {
      jobsAdmitted.increment();
    }
    if (change.after.isFinished() && (change.before == null || !change.before.isFinished())) {
      jobsFinished.increment();
    }
    for (JobEvent event : change.events) {
      if (event instanceof JobEvent.Dispatched) {
        dispatches.increment();
      }
    }
  }
}
