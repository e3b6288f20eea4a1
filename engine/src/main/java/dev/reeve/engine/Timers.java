package dev.reeve.engine;

import dev.reeve.job.DispatchId;
import dev.reeve.job.Job;
import dev.reeve.job.JobCommand;
import dev.reeve.job.JobState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// What happens because time passes: deadlines, leases, kept progress, signs of life. Deadlines are
/// wall time; leases and intervals run on the monotonic clock. Writer's thread only.
final class Timers {
  /// Timer decisions of one kind in one group at most; the rest comes with the next.
  private static final int FIRED_MAX = 64;

  private static final long SWEEP_INTERVAL_NANOS = 250_000_000;

  private record Lost(DispatchId dispatch, String reason) {}

  private final LogState state;
  private final Follower follower;
  private final ProgressGate progressGate;
  private final Tail tail;
  private final MonotonicClock clock;
  private final long heartbeatMicros;
  private final ArrayDeque<Lost> lost = new ArrayDeque<>();
  private long sweepAtNanos;

  Timers(
      LogState state,
      Follower follower,
      ProgressGate progressGate,
      Tail tail,
      MonotonicClock clock) {
    this.state = state;
    this.follower = follower;
    this.progressGate = progressGate;
    this.tail = tail;
    this.clock = clock;
    heartbeatMicros = state.limits.heartbeat().toNanos() / 1_000;
    sweepAtNanos = clock.nanos();
  }

  /// The executor of this attempt is gone. Interrupts it with the next commit that succeeds, unless
  /// it ends otherwise first.
  void interruptSoon(DispatchId dispatch, String reason) {
    lost.addLast(new Lost(dispatch, reason));
  }

  /// @return whether more is due at once
  boolean fire(Group group) {
    for (int i = 0; i < FIRED_MAX && !lost.isEmpty(); i++) {
      Lost attempt = lost.removeFirst();
      group.onUndo(() -> lost.addFirst(attempt));
      interrupt(group, attempt);
    }
    state.ready.wake(group.nowMicros);
    boolean more = fireDue(group) || !lost.isEmpty();
    if (clock.nanos() - sweepAtNanos >= 0) {
      more |= sweep(group);
    }
    return more;
  }

  /// Only what is due by the wall clock: it ends jobs, and so fits on a full disk.
  ///
  /// @return whether more is due at once
  boolean fireDue(Group group) {
    List<Long> due = state.due.due(group.nowMicros, FIRED_MAX);
    for (long jobNo : due) {
      ask(group, jobNo, new JobCommand.Tick());
    }
    return due.size() == FIRED_MAX;
  }

  /// Microseconds until something is due; bounded by the interval of the sweep.
  long waitMicros(long nowMicros) {
    if (!lost.isEmpty()) {
      return 0;
    }
    long next = Math.min(state.due.nextMicros(), state.ready.nextWakeMicros());
    return Math.clamp(next - nowMicros, 0, SWEEP_INTERVAL_NANOS / 1_000);
  }

  private boolean sweep(Group group) {
    int fired = 0;
    for (long jobNo : state.executors.expired()) {
      if (fired++ == FIRED_MAX) {
        return true;
      }
      interrupt(group, jobNo);
    }
    for (JobCommand.ReportProgress report :
        progressGate.due(dispatch -> isCurrent(group, dispatch))) {
      ask(group, report.dispatch().jobNo(), report);
    }
    for (long jobNo : silent(group.nowMicros)) {
      if (fired++ == FIRED_MAX) {
        return true;
      }
      ask(group, jobNo, new JobCommand.Beat());
    }
    sweepAtNanos = clock.nanos() + SWEEP_INTERVAL_NANOS;
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

  private boolean isCurrent(Group group, DispatchId dispatch) {
    Job job = follower.find(group, dispatch.jobNo());
    return job != null
        && job.state() instanceof JobState.Executing executing
        && executing.dispatch().equals(dispatch);
  }

  private void interrupt(Group group, Lost attempt) {
    if (isCurrent(group, attempt.dispatch())) {
      ask(
          group,
          attempt.dispatch().jobNo(),
          new JobCommand.Interrupt(attempt.dispatch(), attempt.reason()));
    }
  }

  private void interrupt(Group group, long jobNo) {
    Job job = follower.find(group, jobNo);
    if (job != null && job.state() instanceof JobState.Executing executing) {
      ask(group, jobNo, new JobCommand.Interrupt(executing.dispatch(), "LEASE_EXPIRED"));
    }
  }

  private void ask(Group group, long jobNo, JobCommand command) {
    Job job = follower.find(group, jobNo);
    if (job != null) {
      follower.carryOut(group, job, command, false);
    }
  }
}
