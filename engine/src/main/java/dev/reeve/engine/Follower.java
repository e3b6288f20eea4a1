package dev.reeve.engine;

import dev.reeve.base.Check;
import dev.reeve.base.Problem;
import dev.reeve.job.Job;
import dev.reeve.job.JobCommand;
import dev.reeve.job.JobDecider;
import dev.reeve.job.JobDecision;
import dev.reeve.job.JobKey;
import dev.reeve.job.JobState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Carries a decision out inside a group, with all that follows from it: the children of a finished
/// job, and the executor of an attempt that is over. Writer's thread only.
final class Follower {
  /// Children told of their parents' end in one group at most, so that a job with many children
  /// does not make a commit large.
  private static final int CHILDREN_MAX = 256;

  private final LogState state;

  /// Ended jobs with children that were not told yet, and whether they completed.
  private final Map<JobKey, Boolean> ended = new LinkedHashMap<>();

  Follower(LogState state) {
    this.state = state;
  }

  /// @param byExecutor whether the attempt's own executor reports, so that it need not be told
  /// @return why it was refused; empty when it was carried out
  Optional<Problem> carryOut(Group group, Job committed, JobCommand command, boolean byExecutor) {
    Job job = group.current(committed);
    return switch (JobDecider.decide(job, command, group.nowMicros)) {
      case JobDecision.Refused refused -> Optional.of(refused.problem());
      case JobDecision.Accepted accepted -> {
        if (!accepted.events().isEmpty()) {
          Job after = group.apply(job, accepted.events());
          if (!byExecutor) {
            stopExecutor(group, job, after, command);
          }
          if (after.isFinished() && state.dependents.isParent(after.key())) {
            parentEnded(group, after);
          }
        }
        yield Optional.empty();
      }
    };
  }

  /// A parent that ended before this process began.
  void endedBefore(JobKey parent, boolean completed) {
    ended.put(parent, completed);
  }

  /// Tells children of ended parents, and theirs in turn.
  ///
  /// @return whether there are more for another group
  boolean tellChildren(Group group) {
    int left = CHILDREN_MAX;
    while (left > 0 && !ended.isEmpty()) {
      Map.Entry<JobKey, Boolean> parent = ended.entrySet().iterator().next();
      JobKey key = parent.getKey();
      boolean completed = parent.getValue();
      List<Long> children = state.dependents.of(key, left);
      for (long child : children) {
        tell(group, child, new JobCommand.ParentFinished(key.jobId(), completed));
      }
      left -= children.size();
      if (!state.dependents.isParent(key)) {
        ended.remove(key);
        group.onUndo(() -> ended.put(key, completed));
      }
    }
    return !ended.isEmpty();
  }

  /// The job as this group left it, or else as it was committed; null when it is not unfinished.
  @Nullable Job find(Group group, long jobNo) {
    Change change = group.change(jobNo);
    return change != null ? change.after : state.table.byNumber(jobNo);
  }

  private void tell(Group group, long childNo, JobCommand command) {
    Job child = find(group, childNo);
    if (child == null) {
      throw new IllegalStateException("job " + childNo + " waits for a parent and is unknown");
    }
    Optional<Problem> refused = carryOut(group, child, command, false);
    Check.state(refused.isEmpty(), "job %s: refused that its parent ended", childNo);
  }

  private void parentEnded(Group group, Job parent) {
    JobKey key = parent.key();
    ended.put(key, parent.state() instanceof JobState.Completed);
    group.onUndo(() -> ended.remove(key));
  }

  private void stopExecutor(Group group, Job before, Job after, JobCommand command) {
    if (!(before.state() instanceof JobState.Executing executing)
        || after.state() instanceof JobState.Executing) {
      return;
    }
    ExecutorSession session = state.executors.sessionOf(before);
    if (session != null) {
      if (after.state() instanceof JobState.Cancelled cancelled) {
        group.deliver(() -> session.givenUp(executing.dispatch(), cancelled));
        return;
      }
      String reason =
          command instanceof JobCommand.Interrupt interrupt
              ? interrupt.reason()
              : after.state().name().name();
      group.deliver(() -> session.cancel(executing.dispatch(), reason));
    }
  }
}
