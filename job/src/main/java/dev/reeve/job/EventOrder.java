package dev.reeve.job;

/// Which event can follow which state: the guard of [JobEvolution] against damaged or misplaced
/// stored events. Wider than [JobDecider], which also looks at time and counters. Pure.
final class EventOrder {
  private EventOrder() {}

  static boolean canFollow(Job job, JobEvent event) {
    JobState state = job.state();
    return switch (event) {
      case JobEvent.Held _ -> isNew(job) || mayBeHeld(state);
      case JobEvent.Waiting _ -> isNew(job) || state instanceof JobState.AwaitingApproval;
      case JobEvent.Denied _ ->
          isNew(job)
              || state instanceof JobState.AwaitingApproval
              || mayBeHeld(state)
              || state instanceof JobState.Executing;
      case JobEvent.Queued _ -> canBeQueued(state);
      case JobEvent.Approved _, JobEvent.ApprovalGiven _ ->
          state instanceof JobState.AwaitingApproval;
      case JobEvent.Judged _ -> job.lastEventSeq() > 0 && !state.isTerminal();
      case JobEvent.ParentCompleted e -> waitsFor(state, e.parent());
      case JobEvent.Throttled _ -> isWaitingForExecutor(state);
      case JobEvent.CompileStarted _ -> state instanceof JobState.Queued;
      case JobEvent.Dispatched e ->
          state instanceof JobState.Queued
              && e.dispatch().jobNo() == job.jobNo()
              && e.dispatch().attempt() == job.attempts() + 1;
      case JobEvent.Started _,
          JobEvent.Progressed _,
          JobEvent.AttemptFailed _,
          JobEvent.Interrupted _,
          JobEvent.ReviewStarted _ ->
          state instanceof JobState.Executing;
      case JobEvent.Heartbeat _, JobEvent.Completed _, JobEvent.Quarantined _ ->
          state instanceof JobState.Executing || state instanceof JobState.Reviewing;
      case JobEvent.HeldOutputReleased _, JobEvent.HeldOutputDeleted _ ->
          state instanceof JobState.Quarantined quarantined
              && quarantined.standing() == JobState.HeldOutput.HELD;
      case JobEvent.Failed _, JobEvent.Cancelled _, JobEvent.TimedOut _ -> !state.isTerminal();
    };
  }

  private static boolean isNew(Job job) {
    return job.lastEventSeq() == 0
        && job.state() instanceof JobState.Pending pending
        && pending.waitingFor().isEmpty();
  }

  private static boolean mayBeHeld(JobState state) {
    return state instanceof JobState.Pending
        || state instanceof JobState.Compiling
        || isWaitingForExecutor(state);
  }

  private static boolean isWaitingForExecutor(JobState state) {
    return state instanceof JobState.Queued || state instanceof JobState.Throttled;
  }

  private static boolean canBeQueued(JobState state) {
    return switch (state) {
      case JobState.Pending pending -> pending.waitingFor().isEmpty();
      case JobState.AwaitingApproval held -> held.waitingFor().isEmpty();
      case JobState.Throttled _, JobState.Compiling _, JobState.Executing _ -> true;
      case JobState.Queued _,
          JobState.Reviewing _,
          JobState.Completed _,
          JobState.Denied _,
          JobState.Quarantined _,
          JobState.Failed _,
          JobState.Cancelled _,
          JobState.TimedOut _ ->
          false;
    };
  }

  private static boolean waitsFor(JobState state, String parent) {
    return switch (state) {
      case JobState.Pending pending -> pending.waitingFor().contains(parent);
      case JobState.AwaitingApproval held -> held.waitingFor().contains(parent);
      default -> false;
    };
  }
}
