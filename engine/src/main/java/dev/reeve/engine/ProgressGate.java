package dev.reeve.engine;

import dev.reeve.job.DispatchId;
import dev.reeve.job.JobCommand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Lets one progress report per job and interval through and keeps the newest of the rest until its
/// time comes. A new stage passes at once. Counts on the monotonic clock. Writer's thread only.
final class ProgressGate {
  private static final class Recent {
    private final DispatchId dispatch;
    private long passedAtNanos;
    private String stage;
    private JobCommand.@Nullable ReportProgress waiting;

    private Recent(JobCommand.ReportProgress report, long nowNanos) {
      dispatch = report.dispatch();
      passedAtNanos = nowNanos;
      stage = report.progress().stage();
    }
  }

  private final long intervalNanos;
  private final MonotonicClock clock;
  private final Map<Long, Recent> recentByJob = new HashMap<>();

  ProgressGate(EngineLimits limits, MonotonicClock clock) {
    this.clock = clock;
    intervalNanos = limits.progressInterval().toNanos();
  }

  /// Whether the report may be stored now; if not, it is kept. Only for reports of the current
  /// attempt.
  boolean passes(JobCommand.ReportProgress report) {
    long now = clock.nanos();
    long jobNo = report.dispatch().jobNo();
    Recent recent = recentByJob.get(jobNo);
    if (recent == null || !recent.dispatch.equals(report.dispatch())) {
      recentByJob.put(jobNo, new Recent(report, now));
      return true;
    }
    boolean newStage = !recent.stage.equals(report.progress().stage());
    if (newStage || now - recent.passedAtNanos >= intervalNanos) {
      recent.passedAtNanos = now;
      recent.stage = report.progress().stage();
      recent.waiting = null;
      return true;
    }
    recent.waiting = report;
    return false;
  }

  /// Kept reports whose time has come. Forgets attempts that `isRunning` says are over.
  List<JobCommand.ReportProgress> due(Predicate<DispatchId> isRunning) {
    long now = clock.nanos();
    List<JobCommand.ReportProgress> due = new ArrayList<>();
    Iterator<Recent> all = recentByJob.values().iterator();
    while (all.hasNext()) {
      Recent recent = all.next();
      boolean over = now - recent.passedAtNanos >= intervalNanos;
      if (!isRunning.test(recent.dispatch)) {
        all.remove();
      } else if (over && recent.waiting != null) {
        due.add(recent.waiting);
        recent.passedAtNanos = now;
        recent.waiting = null;
      }
    }
    return due;
  }
}
