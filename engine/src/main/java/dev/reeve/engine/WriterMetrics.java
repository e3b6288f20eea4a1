package dev.reeve.engine;

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
}
