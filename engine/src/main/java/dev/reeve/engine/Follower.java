package dev.reeve.engine;

import dev.reeve.base.Problem;
import dev.reeve.job.Job;
import dev.reeve.job.JobCommand;
import dev.reeve.job.JobDecider;
import dev.reeve.job.JobDecision;
import dev.reeve.job.JobState;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Carries a decision out inside a group, with all that follows from it: the children of a finished
/// job, and the executor of an attempt that is over. Writer's thread only.
final class Follower {
  private final LogState state;

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
          followed(group, job, after, byExecutor);
        }
        yield Optional.empty();
      }
    };
  }

  /// What follows when a job went from one state to another.
  void followed(Group group, Job before, Job after, boolean byExecutor) {
    stopExecutor(group, before, after, byExecutor);
    if (after.isFinished()) {
      tellChildren(group, after);
    }
  }

  private void stopExecutor(Group group, Job before, Job after, boolean byExecutor) {
    if (byExecutor
        || !(before.state() instanceof JobState.Executing executing)
        || after.state() instanceof JobState.Executing) {
      return;
    }
    ExecutorSession session = state.executors.sessionOf(before);
    if (session != null) {
      group.deliver(() -> session.cancel(executing.dispatch(), after.state().name().name()));
    }
  }

  private void tellChildren(Group group, Job finished) {
    ArrayDeque<Job> ended = new ArrayDeque<>(List.of(finished));
    while (!ended.isEmpty()) {
      Job parent = ended.removeFirst();
      boolean completed = parent.state() instanceof JobState.Completed;
      JobCommand command = new JobCommand.ParentFinished(parent.key().jobId(), completed);
      for (long childNo : state.dependents.of(parent.key())) {
        Job child = find(group, childNo);
        if (child != null
            && JobDecider.decide(child, command, group.nowMicros)
                instanceof JobDecision.Accepted(var events)
            && !events.isEmpty()) {
          Job after = group.apply(child, events);
          if (after.isFinished()) {
            ended.addLast(after);
          }
        }
      }
    }
  }

  private @Nullable Job find(Group group, long jobNo) {
    Change change = group.change(jobNo);
    return change != null ? change.after : state.table.byNumber(jobNo);
  }
}
