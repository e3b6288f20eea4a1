package dev.reeve.job;

import static dev.reeve.job.JobSamples.CREATED;
import static dev.reeve.job.JobSamples.LATER;
import static dev.reeve.job.JobSamples.LIMITS;
import static dev.reeve.job.JobSamples.NOW;
import static dev.reeve.job.JobSamples.RESULT;
import static dev.reeve.job.JobSamples.RETRY;
import static dev.reeve.job.JobSamples.after;
import static dev.reeve.job.JobSamples.dispatched;
import static dev.reeve.job.JobSamples.queued;

import java.util.List;

/// A row of the transition table: a job in some state. The first case of each state is the plain
/// one; the others differ in one circumstance.
///
/// @param circumstance what is special; empty for the plain one
/// @param job the job
record StateCase(String circumstance, Job job) {
  private static final RunLimits PAST = new RunLimits(NOW - 1, 0, RETRY, false);
  private static final RunLimits ONCE = new RunLimits(0, 0, RETRY, true);
  private static final JobEvent.Waiting WAITING = new JobEvent.Waiting(CREATED, List.of("p1"));
  private static final JobEvent.Held HELD = new JobEvent.Held(CREATED, LATER, List.of());
  private static final JobEvent.Throttled THROTTLED =
      new JobEvent.Throttled(CREATED, LATER, "busy");
  private static final JobEvent.Throttled OVER = new JobEvent.Throttled(CREATED, NOW, "busy");
  private static final JobEvent.CompileStarted COMPILING = new JobEvent.CompileStarted(CREATED);
  private static final JobEvent.Started STARTED = new JobEvent.Started(CREATED);
  private static final JobEvent.ReviewStarted REVIEWING =
      new JobEvent.ReviewStarted(CREATED, RESULT);
  private static final String DEADLINE = "deadline passed";

  StateName state() {
    return job.state().name();
  }

  static List<StateCase> all() {
    return List.of(
        new StateCase("", after(WAITING)),
        new StateCase(
            "two parents open", after(new JobEvent.Waiting(CREATED, List.of("p1", "p2")))),
        new StateCase(DEADLINE, after(PAST, WAITING)),
        new StateCase("", after(HELD)),
        new StateCase("one parent open", after(new JobEvent.Held(CREATED, LATER, List.of("p1")))),
        new StateCase("one of two approved", approvedByOne()),
        new StateCase("approval expired", after(new JobEvent.Held(CREATED, NOW, List.of()))),
        new StateCase(DEADLINE, after(PAST, HELD)),
        new StateCase("", after(queued(), THROTTLED)),
        new StateCase("throttle over", after(queued(), OVER)),
        new StateCase("100 rounds", rounds(after(queued(), OVER))),
        new StateCase(DEADLINE, after(PAST, queued(), THROTTLED)),
        new StateCase("", after(queued(), COMPILING)),
        new StateCase(DEADLINE, after(PAST, queued(), COMPILING)),
        new StateCase("", after(queued())),
        new StateCase("backing off", after(new JobEvent.Queued(CREATED, NOW + 1, "RETRY"))),
        new StateCase("approved", approved()),
        new StateCase("100 rounds", rounds(after(queued()))),
        new StateCase(DEADLINE, after(PAST, queued())),
        new StateCase("", after(queued(), dispatched(1))),
        new StateCase("started", after(queued(), dispatched(1), STARTED)),
        new StateCase("last attempt", failedTwice()),
        new StateCase("interrupted 15 times", interrupted()),
        new StateCase("10,000 progress events", full(0)),
        new StateCase("10,000 progress events and 100 stages", full(JobDecider.STAGES_BEYOND_MAX)),
        new StateCase("at most once", after(ONCE, queued(), dispatched(1))),
        new StateCase("at most once, started", after(ONCE, queued(), dispatched(1), STARTED)),
        new StateCase(
            "run timeout passed",
            after(new RunLimits(0, 1, RETRY, false), queued(), dispatched(1))),
        new StateCase(DEADLINE, after(PAST, queued(), dispatched(1))),
        new StateCase("", after(queued(), dispatched(1), REVIEWING)),
        new StateCase(DEADLINE, after(PAST, queued(), dispatched(1), REVIEWING)),
        new StateCase("", after(queued(), dispatched(1), new JobEvent.Completed(CREATED, RESULT))),
        new StateCase("", after(new JobEvent.Denied(CREATED, "POLICY_DENIED", "no"))),
        new StateCase(
            "",
            after(queued(), dispatched(1), new JobEvent.Quarantined(CREATED, "PII", "", RESULT))),
        new StateCase(
            "", after(queued(), dispatched(1), new JobEvent.Failed(CREATED, "EXIT_1", "", true))),
        new StateCase("", after(queued(), new JobEvent.Cancelled(CREATED, "ada", ""))),
        new StateCase(
            "", after(queued(), new JobEvent.TimedOut(CREATED, "DEADLINE_EXCEEDED", ""))));
  }

  private static Job approvedByOne() {
    Verdict asked = JobSamples.verdict(Verdict.Decision.REQUIRE_APPROVAL);
    Grant two = new Grant(0, 0, 0, 0, 2, "", 1);
    return after(
        HELD,
        new JobEvent.Judged(CREATED, asked, two),
        new JobEvent.ApprovalGiven(CREATED, "carol", "", 1));
  }

  private static Job approved() {
    Verdict asked = JobSamples.verdict(Verdict.Decision.REQUIRE_APPROVAL);
    return after(
        HELD,
        new JobEvent.Judged(CREATED, asked, Grant.NONE),
        new JobEvent.ApprovalGiven(CREATED, "carol", "", 0),
        queued());
  }

  private static Job failedTwice() {
    JobEvent failed = new JobEvent.AttemptFailed(CREATED, "EXIT_1", "");
    JobEvent again = new JobEvent.Queued(CREATED, CREATED, "RETRY");
    return after(
        queued(), dispatched(1), failed, again, dispatched(2), failed, again, dispatched(3));
  }

  private static Job interrupted() {
    Job job = after(queued(), dispatched(1));
    for (int attempt = 2; attempt <= JobDecider.INTERRUPTIONS_MAX; attempt++) {
      job =
          JobEvolution.evolve(
              job,
              List.of(
                  new JobEvent.Interrupted(CREATED, "DRAINED"),
                  new JobEvent.Queued(CREATED, 0, "INTERRUPTED"),
                  dispatched(attempt)));
    }
    return job;
  }

  private static Job rounds(Job job) {
    return with(job, JobDecider.THROTTLE_ROUNDS_MAX, 0);
  }

  private static Job full(int stagesBeyond) {
    return with(
        after(LIMITS, queued(), dispatched(1)), 0, JobDecider.PROGRESS_EVENTS_MAX + stagesBeyond);
  }

  private static Job with(Job job, int throttleRounds, int progressEvents) {
    return new Job(
        job.jobNo(),
        job.header(),
        job.verdict(),
        job.grant(),
        job.state(),
        job.attempts(),
        job.failures(),
        job.interruptions(),
        throttleRounds,
        job.lastEventSeq(),
        progressEvents,
        job.progress(),
        job.updatedAtMicros());
  }
}
