package dev.reeve.engine;

import dev.reeve.job.Job;
import dev.reeve.job.JobCommand;
import dev.reeve.job.JobState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// What happens because time passes: deadlines, leases, kept progress, signs of life. Writer's
/// thread only.
final class Timers {
  /// Timer decisions of one group at most; the rest comes with the next.
  private static final int FIRED_MAX = 64;

  private static final long SWEEP_INTERVAL_MICROS = 250_000;

  private final LogState state;
  private final Follower follower;
  private final ProgressGate progressGate;
  private final Tail tail;
  private final long heartbeatMicros;
  private final ArrayDeque<Long> orphans = new ArrayDeque<>();
  private long sweptAtMicros;

  Timers(LogState state, Follower follower, ProgressGate progressGate, Tail tail) {
    this.state = state;
    this.follower = follower;
    this.progressGate = progressGate;
    this.tail = tail;
    heartbeatMicros = state.limits.heartbeat().toNanos() / 1_000;
  }

  /// Jobs whose executor died with the process before; they go back to the queue first of all.
  void interruptFirst(List<Long> jobNumbers) {
    orphans.addAll(jobNumbers);
  }

  /// @return whether more is due at once
  boolean fire(Group group) {
    for (int i = 0; i < FIRED_MAX && !orphans.isEmpty(); i++) {
      interrupt(group, orphans.removeFirst(), "SERVER_RESTARTED");
    }
    state.ready.wake(group.nowMicros);
    List<Long> due = state.due.due(group.nowMicros, FIRED_MAX);
    for (long jobNo : due) {
      ask(group, jobNo, new JobCommand.Tick());
    }
    boolean more = due.size() == FIRED_MAX || !orphans.isEmpty();
    if (group.nowMicros - sweptAtMicros >= SWEEP_INTERVAL_MICROS) {
      more |= sweep(group);
    }
    return more;
  }

  /// Microseconds until something is due; bounded by the interval of the sweep.
  long waitMicros(long nowMicros) {
    long next = Math.min(state.due.nextMicros(), state.ready.nextWakeMicros());
    return Math.clamp(next - nowMicros, 0, SWEEP_INTERVAL_MICROS);
  }

  private boolean sweep(Group group) {
    int fired = 0;
    for (long jobNo : state.executors.expired()) {
      if (fired++ == FIRED_MAX) {
        return true;
      }
      interrupt(group, jobNo, "LEASE_EXPIRED");
    }
    for (JobCommand.ReportProgress report :
        progressGate.due(group.nowMicros, jobNo -> state.table.byNumber(jobNo) != null)) {
      ask(group, report.dispatch().jobNo(), report);
    }
    for (long jobNo : silent(group.nowMicros)) {
      if (fired++ == FIRED_MAX) {
        return true;
      }
      ask(group, jobNo, new JobCommand.Beat());
    }
    sweptAtMicros = group.nowMicros;
    return false;
  }

  private List<Long> silent(long nowMicros) {
    List<Long> silent = new ArrayList<>();
    for (long jobNo : tail.watched()) {
      Job job = state.table.byNumber(jobNo);
      boolean runs = job != null && job.state() instanceof JobState.Executing;
      if (runs && job != null && nowMicros - job.updatedAtMicros() >= heartbeatMicros) {
        silent.add(jobNo);
      }
    }
    return silent;
  }

  void interrupt(Group group, long jobNo, String reason) {
    Job job = state.table.byNumber(jobNo);
    if (job != null && group.current(job).state() instanceof JobState.Executing executing) {
      follower.carryOut(group, job, new JobCommand.Interrupt(executing.dispatch(), reason), false);
    }
  }

  private void ask(Group group, long jobNo, JobCommand command) {
    Job job = state.table.byNumber(jobNo);
    if (job != null) {
      follower.carryOut(group, job, command, false);
    }
  }
}
