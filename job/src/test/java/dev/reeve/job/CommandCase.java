package dev.reeve.job;

import static dev.reeve.job.JobSamples.LATER;
import static dev.reeve.job.JobSamples.REDACTED;
import static dev.reeve.job.JobSamples.RESULT;

import java.util.List;
import java.util.function.Function;

/// A column of the transition table: a command with one circumstance of its own.
///
/// @param circumstance what tells it from other cases of the command; may be empty
/// @param command made for the job it is put to, so that it can name the current attempt
record CommandCase(String circumstance, Function<Job, JobCommand> command) {
  private static final Progress SOME = new Progress("", 500_000, "half");
  private static final Progress STAGE = new Progress("MEASURING", 900_000, "");

  private static final Grant LESS = new Grant(1_000_000, 1, 0, 0, 0, "", 0);

  static List<CommandCase> all() {
    return List.of(
        new CommandCase("", _ -> new JobCommand.Approve("bob", "fine")),
        new CommandCase("", _ -> new JobCommand.Reject("bob", "no")),
        new CommandCase("", _ -> new JobCommand.Cancel("ada", "done with it")),
        new CommandCase("parent completed", _ -> new JobCommand.ParentFinished("p1", true)),
        new CommandCase("parent did not complete", _ -> new JobCommand.ParentFinished("p1", false)),
        new CommandCase("not a parent", _ -> new JobCommand.ParentFinished("px", false)),
        new CommandCase("no", _ -> judge(Verdict.Decision.DENY, "rule-2", Grant.NONE)),
        new CommandCase(
            "a person", _ -> judge(Verdict.Decision.REQUIRE_APPROVAL, "rule-2", Grant.NONE)),
        new CommandCase(
            "a person, same rule",
            _ -> judge(Verdict.Decision.REQUIRE_APPROVAL, "rule-1", Grant.NONE)),
        new CommandCase("not now", _ -> judge(Verdict.Decision.THROTTLE, "rule-2", Grant.NONE)),
        new CommandCase("yes", _ -> judge(Verdict.Decision.ALLOW, "rule-2", Grant.NONE)),
        new CommandCase("yes, within less", _ -> judge(Verdict.Decision.ALLOW, "rule-2", LESS)),
        new CommandCase("", _ -> new JobCommand.StartCompile()),
        new CommandCase("", _ -> new JobCommand.FinishCompile()),
        new CommandCase("", _ -> new JobCommand.Dispatch(JobSamples.EPOCH, "w1")),
        new CommandCase("", job -> new JobCommand.Start(current(job))),
        new CommandCase("old attempt", job -> new JobCommand.Start(old(job))),
        new CommandCase("", job -> new JobCommand.ReportProgress(current(job), SOME)),
        new CommandCase("new stage", job -> new JobCommand.ReportProgress(current(job), STAGE)),
        new CommandCase(
            "nothing new", job -> new JobCommand.ReportProgress(current(job), job.progress())),
        new CommandCase("old attempt", job -> new JobCommand.ReportProgress(old(job), SOME)),
        new CommandCase("", _ -> new JobCommand.Beat()),
        new CommandCase("", job -> new JobCommand.SubmitResult(current(job), RESULT)),
        new CommandCase("old attempt", job -> new JobCommand.SubmitResult(old(job), RESULT)),
        new CommandCase("", job -> new JobCommand.Complete(current(job), RESULT)),
        new CommandCase("old attempt", job -> new JobCommand.Complete(old(job), RESULT)),
        new CommandCase("", job -> redacted(current(job))),
        new CommandCase("old attempt", job -> redacted(old(job))),
        new CommandCase("", job -> quarantined(current(job))),
        new CommandCase("old attempt", job -> quarantined(old(job))),
        new CommandCase("", _ -> new JobCommand.Release(REDACTED)),
        new CommandCase("", _ -> new JobCommand.Quarantine("PII_FOUND", "held back")),
        new CommandCase("", _ -> new JobCommand.ReleaseHeld("bob", "fine")),
        new CommandCase("", _ -> new JobCommand.DeleteHeld("bob", "not fine")),
        new CommandCase("retryable", job -> failed(current(job), true)),
        new CommandCase("final", job -> failed(current(job), false)),
        new CommandCase("old attempt", job -> failed(old(job), true)),
        new CommandCase("", job -> new JobCommand.Interrupt(current(job), "WORKER_GONE")),
        new CommandCase("old attempt", job -> new JobCommand.Interrupt(old(job), "WORKER_GONE")),
        new CommandCase("", _ -> new JobCommand.Tick()));
  }

  private static JobCommand redacted(DispatchId dispatch) {
    return new JobCommand.CompleteRedacted(dispatch, RESULT, REDACTED);
  }

  private static JobCommand judge(Verdict.Decision decision, String rule, Grant grant) {
    return new JobCommand.Judge(
        new Verdict(decision, rule, "because", "cfg:2"), grant, LATER, LATER);
  }

  private static JobCommand quarantined(DispatchId dispatch) {
    return new JobCommand.CompleteQuarantined(dispatch, RESULT, "PII_FOUND", "held back");
  }

  private static JobCommand failed(DispatchId dispatch, boolean retryable) {
    return new JobCommand.Fail(dispatch, "EXIT_1", "it broke", retryable, 0, 0.5);
  }

  /// The attempt that runs, or that ran last.
  private static DispatchId current(Job job) {
    return job.state() instanceof JobState.Executing executing
        ? executing.dispatch()
        : new DispatchId(JobSamples.EPOCH, job.jobNo(), Math.max(1, job.attempts()));
  }

  /// The same attempt number, handed out before the log changed its owner.
  private static DispatchId old(Job job) {
    return new DispatchId(JobSamples.EPOCH - 1, job.jobNo(), Math.max(1, job.attempts()));
  }
}
