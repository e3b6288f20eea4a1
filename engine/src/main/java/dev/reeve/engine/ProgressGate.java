package dev.reeve.engine;

import dev.reeve.job.Job;
import dev.reeve.job.JobCommand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/// Lets one progress report per job and interval through and keeps the newest of the rest until its
/// time comes. A new stage passes at once. Writer's thread only.
final class ProgressGate {
  private static final class Recent {
    private long passedAtMicros;
    private String stage = "";
    private JobCommand.@Nullable ReportProgress waiting;
  }

  private final long intervalMicros;
  private final Map<Long, Recent> recentByJob = new HashMap<>();

  ProgressGate(EngineLimits limits) {
    intervalMicros = limits.progressInterval().toNanos() / 1_000;
  }

  /// Whether the report may be stored now; if not, it is kept.
  boolean passes(Job job, JobCommand.ReportProgress report, long nowMicros) {
    Recent recent = recentByJob.computeIfAbsent(job.jobNo(), _ -> new Recent());
    boolean newStage = !recent.stage.equals(report.progress().stage());
    if (newStage || nowMicros - recent.passedAtMicros >= intervalMicros) {
      recent.passedAtMicros = nowMicros;
      recent.stage = report.progress().stage();
      recent.waiting = null;
      return true;
    }
    recent.waiting = report;
    return false;
  }

  /// Kept reports whose time has come. Forgets jobs that `isRunning` says are over.
  List<JobCommand.ReportProgress> due(long nowMicros, LongPredicate isRunning) {
    List<JobCommand.ReportProgress> due = new ArrayList<>();
    Iterator<Map.Entry<Long, Recent>> all = recentByJob.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<Long, Recent> entry = all.next();
      Recent recent = entry.getValue();
      boolean over = nowMicros - recent.passedAtMicros >= intervalMicros;
      if (!isRunning.test(entry.getKey())) {
        all.remove();
      } else if (over && recent.waiting != null) {
        due.add(recent.waiting);
        recent.passedAtMicros = nowMicros;
        recent.waiting = null;
      }
    }
    return due;
  }

  boolean isEmpty() {
    return recentByJob.isEmpty();
  }
}
