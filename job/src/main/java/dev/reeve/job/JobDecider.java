package dev.reeve.job;

import dev.reeve.base.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Decides what a command does to a job. Pure: the same job, command and time give the same events,
/// live and in replay. The table of transitions stands at [JobState].
public final class JobDecider {
  /// Attempts that we may end ourselves before the job ends `INTERRUPTED_TOO_OFTEN`.
  public static final int INTERRUPTIONS_MAX = 16;

  /// Rounds of "not now" before the job ends `THROTTLED_TOO_LONG`.
  public static final int THROTTLE_ROUNDS_MAX = 100;

  /// Progress events kept of one job; later ones are dropped unless the stage changes.
  public static final int PROGRESS_EVENTS_MAX = 10_000;

  /// New stages kept beyond that, for each attempt that the job had: an executor that goes back and
  /// forth between two stages must not make a job without end.
  public static final int STAGES_BEYOND_MAX = 100;

  private JobDecider() {}

  /// The first events of a new job.
  ///
  /// @param admission what was submitted and decided
  /// @param openParents parents that have not completed yet
  /// @param approvalExpiresAtMicros when a hold ends by itself; 0 for never
  public static List<JobEvent> admit(
      Admission admission, Set<String> openParents, long approvalExpiresAtMicros) {
    long now = admission.spec().createdAtMicros();
    List<String> parents = inGivenOrder(admission.spec().placement(), openParents);
    return switch (admission.verdict().decision()) {
      case DENY ->
          List.of(
              new JobEvent.Denied(now, JobProblems.POLICY_DENIED, admission.verdict().reason()));
      case REQUIRE_APPROVAL -> List.of(new JobEvent.Held(now, approvalExpiresAtMicros, parents));
      case ALLOW, THROTTLE -> List.of(ready(now, parents, "READY"));
    };
  }

  public static JobDecision decide(Job job, JobCommand command, long nowMicros) {
    if (job.isFinished()) {
      return afterTheEnd(job, command, nowMicros);
    }
    return switch (command) {
      case JobCommand.Approve c -> approve(job, c, nowMicros);
      case JobCommand.Reject c -> reject(job, c, nowMicros);
      case JobCommand.Cancel c ->
          JobDecision.accept(new JobEvent.Cancelled(nowMicros, c.by(), c.reason()));
      case JobCommand.ParentFinished c -> parentFinished(job, c, nowMicros);
      case JobCommand.Judge c -> Judgement.of(job, c, nowMicros);
      case JobCommand.StartCompile _ -> startCompile(job, nowMicros);
      case JobCommand.FinishCompile _ -> finishCompile(job, nowMicros);
      case JobCommand.Dispatch c -> dispatch(job, c, nowMicros);
      case JobCommand.Start c -> start(job, c, nowMicros);
      case JobCommand.ReportProgress c -> progress(job, c, nowMicros);
      case JobCommand.Beat _ -> beat(job, nowMicros);
      case JobCommand.SubmitResult c ->
          ofAttempt(job, c.dispatch(), new JobEvent.ReviewStarted(nowMicros, c.result()));
      case JobCommand.Complete c ->
          ofAttempt(job, c.dispatch(), new JobEvent.Completed(nowMicros, c.result()));
      case JobCommand.CompleteRedacted c ->
          ofAttempt(
              job,
              c.dispatch(),
              new JobEvent.ReviewStarted(nowMicros, c.made()),
              new JobEvent.Completed(nowMicros, c.released()));
      case JobCommand.CompleteQuarantined c ->
          ofAttempt(
              job,
              c.dispatch(),
              new JobEvent.Quarantined(nowMicros, c.code(), c.message(), c.held()));
      case JobCommand.Release c ->
          job.state() instanceof JobState.Reviewing
              ? JobDecision.accept(new JobEvent.Completed(nowMicros, c.result()))
              : mismatch(job, StateName.REVIEWING);
      case JobCommand.Quarantine c -> quarantine(job, c, nowMicros);
      case JobCommand.ReleaseHeld _, JobCommand.DeleteHeld _ ->
          mismatch(job, StateName.QUARANTINED);
      case JobCommand.Fail c -> fail(job, c, nowMicros);
      case JobCommand.Interrupt c -> interrupt(job, c, nowMicros);
      case JobCommand.Tick _ -> tick(job, nowMicros);
    };
  }

  /// Nothing changes a finished job. What its own side asks for late is already fulfilled or
  /// fenced; what a person asks for is refused with the reason. Only a held output may be let go or
  /// deleted, once; the job stays quarantined.
  private static JobDecision afterTheEnd(Job job, JobCommand command, long nowMicros) {
    return switch (command) {
      case JobCommand.ReleaseHeld c ->
          held(job, new JobEvent.HeldOutputReleased(nowMicros, c.by(), c.comment()));
      case JobCommand.DeleteHeld c ->
          held(job, new JobEvent.HeldOutputDeleted(nowMicros, c.by(), c.comment()));
      case JobCommand.Tick _, JobCommand.Beat _, JobCommand.ParentFinished _, JobCommand.Judge _ ->
          JobDecision.already();
      case JobCommand.Start _,
          JobCommand.ReportProgress _,
          JobCommand.SubmitResult _,
          JobCommand.Complete _,
          JobCommand.CompleteRedacted _,
          JobCommand.CompleteQuarantined _,
          JobCommand.Fail _,
          JobCommand.Interrupt _ ->
          fenced(job);
      case JobCommand.Approve _ -> job.isApproved() ? JobDecision.already() : resolved(job);
      case JobCommand.Reject _ -> resolved(job);
      case JobCommand.Cancel _,
          JobCommand.StartCompile _,
          JobCommand.FinishCompile _,
          JobCommand.Dispatch _,
          JobCommand.Release _,
          JobCommand.Quarantine _ ->
          finished(job);
    };
  }

  private static JobDecision held(Job job, JobEvent event) {
    if (!(job.state() instanceof JobState.Quarantined quarantined)) {
      return mismatch(job, StateName.QUARANTINED);
    }
    return quarantined.standing() == JobState.HeldOutput.HELD
        ? JobDecision.accept(event)
        : refuse(
            JobProblems.HELD_OUTPUT_REVIEWED.because(
                "a reviewer decided it before: " + quarantined.standing()));
  }

  private static JobDecision approve(Job job, JobCommand.Approve c, long now) {
    if (!(job.state() instanceof JobState.AwaitingApproval held)) {
      return job.isApproved() ? JobDecision.already() : notHeld(job);
    }
    if (held.expiresAtMicros() != 0 && held.expiresAtMicros() <= now) {
      return refuse(JobProblems.JOB_NOT_HELD.because("the time to approve it is over"));
    }
    if (held.approvedBy().stream().anyMatch(c.by()::equalsIgnoreCase)) {
      return JobDecision.already();
    }
    int missing = job.grant().approvalsNeeded() - held.approvedBy().size() - 1;
    JobEvent given = new JobEvent.ApprovalGiven(now, c.by(), c.comment(), Math.max(0, missing));
    if (missing > 0) {
      return JobDecision.accept(given);
    }
    List<String> parents = inGivenOrder(job.header().placement(), held.waitingFor());
    return JobDecision.accept(given, ready(now, parents, "READY"));
  }

  private static JobDecision reject(Job job, JobCommand.Reject c, long now) {
    return job.state() instanceof JobState.AwaitingApproval
        ? JobDecision.accept(new JobEvent.Denied(now, JobProblems.APPROVAL_REJECTED, c.reason()))
        : job.isApproved() ? resolved(job) : notHeld(job);
  }

  private static JobDecision parentFinished(Job job, JobCommand.ParentFinished c, long now) {
    Set<String> waitingFor =
        switch (job.state()) {
          case JobState.Pending pending -> pending.waitingFor();
          case JobState.AwaitingApproval held -> held.waitingFor();
          default -> Set.of();
        };
    if (!waitingFor.contains(c.parent())) {
      return JobDecision.already();
    }
    if (!c.completed()) {
      return JobDecision.accept(
          new JobEvent.Failed(
              now,
              JobProblems.DEPENDENCY_FAILED,
              "job " + c.parent() + " did not complete",
              false));
    }
    JobEvent gone = new JobEvent.ParentCompleted(now, c.parent());
    boolean last = waitingFor.size() == 1 && job.state() instanceof JobState.Pending;
    return last
        ? JobDecision.accept(gone, new JobEvent.Queued(now, 0, "READY"))
        : JobDecision.accept(gone);
  }

  private static JobDecision startCompile(Job job, long now) {
    return job.state() instanceof JobState.Queued queued && queued.notBeforeMicros() <= now
        ? JobDecision.accept(new JobEvent.CompileStarted(now))
        : mismatch(job, StateName.QUEUED);
  }

  private static JobDecision finishCompile(Job job, long now) {
    return job.state() instanceof JobState.Compiling
        ? JobDecision.accept(new JobEvent.Queued(now, 0, "COMPILED"))
        : mismatch(job, StateName.COMPILING);
  }

  private static JobDecision dispatch(Job job, JobCommand.Dispatch c, long now) {
    if (!(job.state() instanceof JobState.Queued queued) || queued.notBeforeMicros() > now) {
      return mismatch(job, StateName.QUEUED);
    }
    DispatchId id = new DispatchId(c.epoch(), job.jobNo(), job.attempts() + 1);
    return JobDecision.accept(new JobEvent.Dispatched(now, id, c.worker()));
  }

  private static JobDecision start(Job job, JobCommand.Start c, long now) {
    if (!holds(job, c.dispatch())) {
      return fenced(job);
    }
    return job.state() instanceof JobState.Executing executing && !executing.started()
        ? JobDecision.accept(new JobEvent.Started(now))
        : JobDecision.already();
  }

  private static JobDecision progress(Job job, JobCommand.ReportProgress c, long now) {
    if (!holds(job, c.dispatch())) {
      return fenced(job);
    }
    boolean sameStage = c.progress().stage().equals(job.progress().stage());
    int keptMax = PROGRESS_EVENTS_MAX + (sameStage ? 0 : STAGES_BEYOND_MAX * job.attempts());
    boolean nothingNew = c.progress().equals(job.progress());
    return job.progressEvents() >= keptMax || nothingNew
        ? JobDecision.already()
        : JobDecision.accept(new JobEvent.Progressed(now, c.progress()));
  }

  private static JobDecision beat(Job job, long now) {
    return job.state() instanceof JobState.Executing || job.state() instanceof JobState.Reviewing
        ? JobDecision.accept(new JobEvent.Heartbeat(now, 1, job.progress()))
        : JobDecision.already();
  }

  private static JobDecision quarantine(Job job, JobCommand.Quarantine c, long now) {
    return job.state() instanceof JobState.Reviewing reviewing
        ? JobDecision.accept(
            new JobEvent.Quarantined(now, c.code(), c.message(), reviewing.result()))
        : mismatch(job, StateName.REVIEWING);
  }

  private static JobDecision fail(Job job, JobCommand.Fail c, long now) {
    if (!holds(job, c.dispatch())) {
      return fenced(job);
    }
    RetryPolicy retry = job.header().limits().retry();
    long asked = Math.min(c.retryAfterMicros(), RetryPolicy.DELAY_MAX_MICROS);
    long wait = Math.max(asked, retry.delayMicros(job.failures() + 1, c.jitter()));
    boolean again =
        c.retryable()
            && mayRunAgain(job)
            && job.failures() + 1 < job.attemptsMax()
            && retry.allowsAt(now + wait, readySince(job, now));
    if (!again) {
      return JobDecision.accept(ending(job, c, now));
    }
    return JobDecision.accept(
        new JobEvent.AttemptFailed(now, c.code(), c.message()),
        new JobEvent.Queued(now, now + wait, "RETRY"));
  }

  private static long readySince(Job job, long now) {
    return job.state() instanceof JobState.Executing executing
        ? executing.queuedSinceMicros()
        : now;
  }

  private static JobEvent ending(Job job, JobCommand.Fail c, long now) {
    return switch (c.ending()) {
      case DENIED -> new JobEvent.Denied(now, c.code(), c.message());
      case FAILED -> new JobEvent.Failed(now, c.code(), c.message(), c.retryable());
      case FATAL -> new JobEvent.Failed(now, c.code(), c.message(), c.retryable(), true);
      case TIMED_OUT -> new JobEvent.TimedOut(now, c.code(), c.message());
      case CANCELLED ->
          new JobEvent.Cancelled(
              now,
              job.state() instanceof JobState.Executing executing ? executing.worker() : "",
              c.message());
    };
  }

  /// A job that may run once only is made again when its executor gave it back before the first
  /// sign of running, and never after that.
  private static boolean mayRunAgain(Job job) {
    boolean begun = !(job.state() instanceof JobState.Executing executing) || executing.started();
    return !begun || !job.header().limits().atMostOnce();
  }

  private static JobDecision interrupt(Job job, JobCommand.Interrupt c, long now) {
    if (!holds(job, c.dispatch())) {
      return fenced(job);
    }
    List<JobEvent> events = new ArrayList<>(2);
    events.add(new JobEvent.Interrupted(now, c.reason()));
    // Even without a first sign it may have run: the sign is lost with the worker that gave it.
    if (job.header().limits().atMostOnce()) {
      events.add(
          new JobEvent.Failed(
              now,
              JobProblems.OUTCOME_UNKNOWN,
              "the attempt was lost (" + c.reason() + ") and may not be made again",
              true));
    } else if (job.interruptions() + 1 >= INTERRUPTIONS_MAX) {
      events.add(
          new JobEvent.Failed(
              now,
              JobProblems.INTERRUPTED_TOO_OFTEN,
              "interrupted " + INTERRUPTIONS_MAX + " times, last by " + c.reason(),
              true));
    } else {
      events.add(new JobEvent.Queued(now, 0, "INTERRUPTED"));
    }
    return new JobDecision.Accepted(events);
  }

  private static JobDecision tick(Job job, long now) {
    if (job.dueAtMicros() > now) {
      return JobDecision.already();
    }
    long deadline = job.header().limits().deadlineAtMicros();
    if (deadline != 0 && deadline <= now) {
      return JobDecision.accept(
          new JobEvent.TimedOut(now, JobProblems.DEADLINE_EXCEEDED, "the job's deadline passed"));
    }
    return switch (job.state()) {
      case JobState.AwaitingApproval _ ->
          JobDecision.accept(
              new JobEvent.Denied(now, JobProblems.APPROVAL_EXPIRED, "nobody approved it in time"));
      case JobState.Executing _ ->
          JobDecision.accept(
              new JobEvent.TimedOut(
                  now, JobProblems.RUN_TIMEOUT, "the run took longer than it may"));
      case JobState.Throttled _ -> JobDecision.accept(new JobEvent.Queued(now, 0, "ADMITTED"));
      default -> JobDecision.already();
    };
  }

  /// Sets iterate in no fixed order and events must not depend on that.
  static List<String> inGivenOrder(Placement placement, Set<String> parents) {
    return placement.dependsOn().stream().filter(parents::contains).distinct().toList();
  }

  private static JobEvent ready(long now, List<String> parents, String why) {
    return parents.isEmpty()
        ? new JobEvent.Queued(now, 0, why)
        : new JobEvent.Waiting(now, parents);
  }

  private static JobDecision ofAttempt(Job job, DispatchId dispatch, JobEvent... events) {
    return holds(job, dispatch) ? JobDecision.accept(events) : fenced(job);
  }

  private static boolean holds(Job job, DispatchId dispatch) {
    return job.state() instanceof JobState.Executing executing
        && executing.dispatch().equals(dispatch);
  }

  private static JobDecision fenced(Job job) {
    return refuse(
        JobProblems.DISPATCH_FENCED.because(
            "not the current attempt; job is " + job.state().name()));
  }

  private static JobDecision finished(Job job) {
    return refuse(
        JobProblems.JOB_ALREADY_FINISHED
            .because("job is " + job.state().name())
            .with("state", job.state().name().name()));
  }

  /// A job that was held once and that somebody has decided; any other has just ended.
  private static JobDecision resolved(Job job) {
    boolean rejected =
        job.state() instanceof JobState.Denied denied
            && denied.code().equals(JobProblems.APPROVAL_REJECTED);
    return rejected || job.isApproved()
        ? refuse(
            JobProblems.APPROVAL_ALREADY_RESOLVED
                .because("job is " + job.state().name())
                .with("state", job.state().name().name()))
        : finished(job);
  }

  private static JobDecision notHeld(Job job) {
    return refuse(
        JobProblems.JOB_NOT_HELD
            .because("job is " + job.state().name())
            .with("state", job.state().name().name()));
  }

  private static JobDecision mismatch(Job job, StateName expected) {
    return refuse(
        JobProblems.JOB_STATE_MISMATCH.because(
            "job is " + job.state().name() + " (expected: " + expected + ")"));
  }

  private static JobDecision refuse(Problem problem) {
    return new JobDecision.Refused(problem);
  }
}
