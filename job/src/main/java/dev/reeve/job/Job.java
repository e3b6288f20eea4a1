package dev.reeve.job;

import java.util.Set;

/// A job as it stands after all its committed events.
///
/// @param jobNo its number in the log, from 1
/// @param header the part of the submission kept in memory
/// @param verdict what policy said last of what matters to this job
/// @param grant the limits that came with it
/// @param state where it stands
/// @param attempts attempts begun so far
/// @param failures attempts that failed and used up a retry
/// @param interruptions attempts that we ended ourselves
/// @param throttleRounds how often policy said "not now" at dispatch
/// @param lastEventSeq sequence number of the newest visible event; 0 before the first
/// @param progressEvents progress events so far
/// @param progress newest sign of progress
/// @param updatedAtMicros when the newest event happened
public record Job(
    long jobNo,
    JobHeader header,
    Verdict verdict,
    Grant grant,
    JobState state,
    int attempts,
    int failures,
    int interruptions,
    int throttleRounds,
    long lastEventSeq,
    int progressEvents,
    Progress progress,
    long updatedAtMicros) {

  /// Whether somebody has to look at it: it failed for good, or a person rejected it.
  public boolean isDeadLetter() {
    return switch (state) {
      case JobState.Failed failed -> failed.deadLetter();
      case JobState.Denied denied -> denied.code().equals(JobProblems.APPROVAL_REJECTED);
      case JobState.Pending _,
          JobState.AwaitingApproval _,
          JobState.Throttled _,
          JobState.Compiling _,
          JobState.Queued _,
          JobState.Executing _,
          JobState.Reviewing _,
          JobState.Completed _,
          JobState.Quarantined _,
          JobState.Cancelled _,
          JobState.TimedOut _ ->
          false;
    };
  }

  /// A job before its first event. Its state says nothing yet: the first event replaces it.
  public static Job created(long jobNo, Admission admission) {
    JobSpec spec = admission.spec();
    return new Job(
        jobNo,
        JobHeader.of(spec),
        admission.verdict(),
        admission.grant(),
        new JobState.Pending(Set.of()),
        0,
        0,
        0,
        0,
        0,
        0,
        Progress.NONE,
        spec.createdAtMicros());
  }

  public JobKey key() {
    return header.key();
  }

  public boolean isFinished() {
    return state.isTerminal();
  }

  /// When the job itself must be looked at again even if nobody calls: the nearest of its deadline
  /// and the time limit of its state.
  ///
  /// @return microseconds since 1970 UTC; `Long.MAX_VALUE` for never
  public long dueAtMicros() {
    if (isFinished()) {
      return Long.MAX_VALUE;
    }
    long deadline = orNever(header.limits().deadlineAtMicros());
    return Math.min(deadline, stateDueAtMicros());
  }

  /// Longest run of one attempt: what was admitted, and no more than is granted now; 0 for none.
  public long runTimeoutMicros() {
    long admitted = header.limits().runTimeoutMicros();
    long granted = grant.runTimeoutMicros();
    return admitted == 0 || granted == 0
        ? Math.max(admitted, granted)
        : Math.min(admitted, granted);
  }

  /// Attempts in all: what was admitted, and no more than is granted now.
  public int attemptsMax() {
    int admitted = header.limits().retry().attemptsMax();
    return grant.attemptsMax() == 0 ? admitted : Math.min(admitted, grant.attemptsMax());
  }

  /// Whether persons have let it go on: it was held and is past that.
  public boolean isApproved() {
    return verdict.decision() == Verdict.Decision.REQUIRE_APPROVAL
        && switch (state) {
          case JobState.AwaitingApproval _, JobState.Denied _ -> false;
          case JobState.Failed _, JobState.Cancelled _, JobState.TimedOut _ -> attempts > 0;
          case JobState.Pending _,
              JobState.Throttled _,
              JobState.Compiling _,
              JobState.Queued _,
              JobState.Executing _,
              JobState.Reviewing _,
              JobState.Completed _,
              JobState.Quarantined _ ->
              true;
        };
  }

  private long stateDueAtMicros() {
    return switch (state) {
      case JobState.AwaitingApproval held -> orNever(held.expiresAtMicros());
      case JobState.Throttled throttled -> throttled.retryAtMicros();
      case JobState.Executing executing -> {
        long timeout = runTimeoutMicros();
        boolean never = timeout == 0 || executing.sinceMicros() > Long.MAX_VALUE - timeout;
        yield never ? Long.MAX_VALUE : executing.sinceMicros() + timeout;
      }
      case JobState.Pending _, JobState.Compiling _, JobState.Queued _, JobState.Reviewing _ ->
          Long.MAX_VALUE;
      case JobState.Completed _,
          JobState.Denied _,
          JobState.Quarantined _,
          JobState.Failed _,
          JobState.Cancelled _,
          JobState.TimedOut _ ->
          Long.MAX_VALUE;
    };
  }

  private static long orNever(long micros) {
    return micros == 0 ? Long.MAX_VALUE : micros;
  }
}
