package dev.reeve.job;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The only place that makes the next state of a job. Used alike when an event is made, when a
/// start replays what is stored, and when a reader folds a stream. Pure.
public final class JobEvolution {
  private JobEvolution() {}

  public static Job evolve(Job job, List<JobEvent> events) {
    Job next = job;
    for (JobEvent event : events) {
      next = evolve(next, event);
    }
    return next;
  }

  /// @throws IllegalStateException when the event cannot follow: the stored bytes or our own
  ///   decider are wrong
  public static Job evolve(Job job, JobEvent event) {
    if (!EventOrder.canFollow(job, event)) {
      String type = event.getClass().getSimpleName();
      throw new IllegalStateException(
          "job " + job.jobNo() + ": " + type + " cannot follow " + job.state().name());
    }
    Step step = new Step(job);
    switch (event) {
      case JobEvent.Waiting e -> step.state = new JobState.Pending(Set.copyOf(e.parents()));
      case JobEvent.Held e ->
          step.state =
              new JobState.AwaitingApproval(
                  e.atMicros(), e.expiresAtMicros(), Set.copyOf(e.parents()), List.of());
      case JobEvent.Approved _ -> {}
      case JobEvent.ApprovalGiven e -> step.state = approvedBy(job.state(), e.by());
      case JobEvent.Judged e -> judged(step, job, e);
      case JobEvent.ParentCompleted e -> step.state = withoutParent(job.state(), e.parent());
      case JobEvent.Throttled e -> {
        step.throttleRounds++;
        step.state =
            new JobState.Throttled(
                e.retryAtMicros(), step.throttleRounds, queuedSince(job, e.atMicros()));
      }
      case JobEvent.CompileStarted e ->
          step.state = new JobState.Compiling(e.atMicros(), queuedSince(job, e.atMicros()));
      case JobEvent.Queued e ->
          step.state = new JobState.Queued(queuedSince(job, e.atMicros()), e.notBeforeMicros());
      case JobEvent.Dispatched e -> dispatched(step, job, e);
      case JobEvent.Started _ -> step.state = started(job.state());
      case JobEvent.Progressed e -> progressed(step, job, e);
      case JobEvent.Heartbeat _ -> {}
      case JobEvent.AttemptFailed _ -> step.failures++;
      case JobEvent.Interrupted _ -> step.interruptions++;
      case JobEvent.ReviewStarted e ->
          step.state = new JobState.Reviewing(e.result(), e.atMicros());
      case JobEvent.Completed e -> step.state = new JobState.Completed(e.result());
      case JobEvent.Denied e -> step.state = new JobState.Denied(e.code(), e.message());
      case JobEvent.Quarantined e ->
          step.state = new JobState.Quarantined(e.code(), e.message(), e.held());
      case JobEvent.HeldOutputReleased _ ->
          step.state = reviewed(job.state(), JobState.HeldOutput.RELEASED);
      case JobEvent.HeldOutputDeleted _ ->
          step.state = reviewed(job.state(), JobState.HeldOutput.DELETED);
      case JobEvent.Failed e ->
          step.state = new JobState.Failed(e.code(), e.message(), e.deadLetter(), e.fatal());
      case JobEvent.Cancelled e -> step.state = new JobState.Cancelled(e.by(), e.reason());
      case JobEvent.TimedOut e -> step.state = new JobState.TimedOut(e.code(), e.message());
    }
    return step.after(event);
  }

  private static void dispatched(Step step, Job job, JobEvent.Dispatched e) {
    step.attempts = e.dispatch().attempt();
    step.progress = Progress.NONE;
    step.state =
        new JobState.Executing(
            e.dispatch(), e.worker(), e.atMicros(), queuedSince(job, e.atMicros()), false);
  }

  private static JobState approvedBy(JobState state, String by) {
    if (!(state instanceof JobState.AwaitingApproval held)) {
      return state;
    }
    List<String> approvedBy = new ArrayList<>(held.approvedBy());
    approvedBy.add(by);
    return new JobState.AwaitingApproval(
        held.sinceMicros(), held.expiresAtMicros(), held.waitingFor(), approvedBy);
  }

  /// Approvals were given for what a rule asked; another rule asks anew.
  private static void judged(Step step, Job job, JobEvent.Judged e) {
    step.verdict = e.verdict();
    step.grant = e.grant();
    boolean sameRule = e.verdict().ruleId().equals(job.verdict().ruleId());
    if (job.state() instanceof JobState.AwaitingApproval held && !sameRule) {
      step.state =
          new JobState.AwaitingApproval(
              held.sinceMicros(), held.expiresAtMicros(), held.waitingFor(), List.of());
    }
  }

  private static void progressed(Step step, Job job, JobEvent.Progressed e) {
    step.progress = e.progress();
    step.progressEvents++;
    step.state = started(job.state());
  }

  private static JobState started(JobState state) {
    return state instanceof JobState.Executing e && !e.started()
        ? new JobState.Executing(
            e.dispatch(), e.worker(), e.sinceMicros(), e.queuedSinceMicros(), true)
        : state;
  }

  /// When it first became ready for an executor, which is now for one that never was.
  private static long queuedSince(Job job, long nowMicros) {
    return switch (job.state()) {
      case JobState.Queued queued -> queued.sinceMicros();
      case JobState.Throttled throttled -> throttled.queuedSinceMicros();
      case JobState.Compiling compiling -> compiling.queuedSinceMicros();
      case JobState.Executing executing -> executing.queuedSinceMicros();
      case JobState.Pending _,
          JobState.AwaitingApproval _,
          JobState.Reviewing _,
          JobState.Completed _,
          JobState.Denied _,
          JobState.Quarantined _,
          JobState.Failed _,
          JobState.Cancelled _,
          JobState.TimedOut _ ->
          nowMicros;
    };
  }

  private static JobState reviewed(JobState state, JobState.HeldOutput standing) {
    return state instanceof JobState.Quarantined held
        ? new JobState.Quarantined(held.code(), held.message(), held.held(), standing)
        : state;
  }

  private static JobState withoutParent(JobState state, String parent) {
    return switch (state) {
      case JobState.Pending pending -> new JobState.Pending(without(pending.waitingFor(), parent));
      case JobState.AwaitingApproval held ->
          new JobState.AwaitingApproval(
              held.sinceMicros(),
              held.expiresAtMicros(),
              without(held.waitingFor(), parent),
              held.approvedBy());
      default -> state;
    };
  }

  private static Set<String> without(Set<String> parents, String parent) {
    Set<String> rest = new HashSet<>(parents);
    rest.remove(parent);
    return rest;
  }

  /// The fields of a job while one event is applied.
  private static final class Step {
    private final Job job;
    private Verdict verdict;
    private Grant grant;
    private JobState state;
    private int attempts;
    private int failures;
    private int interruptions;
    private int throttleRounds;
    private int progressEvents;
    private Progress progress;

    private Step(Job job) {
      this.job = job;
      verdict = job.verdict();
      grant = job.grant();
      state = job.state();
      attempts = job.attempts();
      failures = job.failures();
      interruptions = job.interruptions();
      throttleRounds = job.throttleRounds();
      progressEvents = job.progressEvents();
      progress = job.progress();
    }

    private Job after(JobEvent event) {
      return new Job(
          job.jobNo(),
          job.header(),
          verdict,
          grant,
          state,
          attempts,
          failures,
          interruptions,
          throttleRounds,
          job.lastEventSeq() + event.visibleCount(),
          progressEvents,
          progress,
          event.atMicros());
    }
  }
}
