package dev.reeve.job;

import java.util.Optional;
import java.util.Random;

/// Draws the next command for a job: mostly one that means something in its state, often one that
/// does not. A mood makes rare ends likely, such as a hundred throttles in a row.
final class RandomCommands {
  private enum Mood {
    PLAIN,
    FAILS,
    INTERRUPTED,
    THROTTLED,
    LATE
  }

  private final Random random;
  private Mood mood = Mood.PLAIN;
  private long epoch = 1;

  RandomCommands(Random random) {
    this.random = random;
  }

  void newMood() {
    mood = Mood.values()[random.nextInt(Mood.values().length)];
  }

  JobCommand next(Job job, long now) {
    boolean faithful = random.nextInt(mood == Mood.PLAIN ? 3 : 20) != 0;
    return faithful ? inState(job, now) : any(job, now);
  }

  private JobCommand inState(Job job, long now) {
    return switch (job.state()) {
      case JobState.Pending _ -> parentFinished();
      case JobState.AwaitingApproval _ ->
          switch (mood == Mood.LATE ? 5 : random.nextInt(5)) {
            case 0 -> new JobCommand.Approve("bob", "");
            case 1 -> new JobCommand.Reject("bob", "no");
            case 2 -> parentFinished();
            default -> new JobCommand.Tick();
          };
      case JobState.Queued _ ->
          mood == Mood.THROTTLED
              ? throttle(now)
              : random.nextInt(6) == 0 ? new JobCommand.StartCompile() : dispatch();
      case JobState.Throttled _ ->
          mood == Mood.THROTTLED
              ? throttle(now)
              : random.nextBoolean() ? judge(Verdict.Decision.ALLOW, now) : new JobCommand.Tick();
      case JobState.Compiling _ -> new JobCommand.FinishCompile();
      case JobState.Executing executing -> report(executing.dispatch());
      case JobState.Reviewing _ ->
          random.nextBoolean()
              ? new JobCommand.Release(JobSamples.REDACTED)
              : new JobCommand.Quarantine("PII_FOUND", "held back");
      default -> any(job, now);
    };
  }

  private JobCommand report(DispatchId dispatch) {
    return switch (mood) {
      case FAILS -> fail(dispatch);
      case INTERRUPTED -> new JobCommand.Interrupt(dispatch, "WORKER_GONE");
      case LATE -> random.nextBoolean() ? new JobCommand.Tick() : new JobCommand.Beat();
      case PLAIN, THROTTLED ->
          switch (random.nextInt(10)) {
            case 0 -> new JobCommand.Start(dispatch);
            case 1, 2 -> new JobCommand.ReportProgress(dispatch, progress());
            case 3 -> new JobCommand.Beat();
            case 4 -> new JobCommand.SubmitResult(dispatch, JobSamples.RESULT);
            case 5 -> new JobCommand.Complete(dispatch, JobSamples.RESULT);
            case 6 -> quarantined(dispatch);
            case 7 -> fail(dispatch);
            case 8 ->
                new JobCommand.CompleteRedacted(dispatch, JobSamples.RESULT, JobSamples.REDACTED);
            default -> new JobCommand.Interrupt(dispatch, "DRAINED");
          };
    };
  }

  private JobCommand any(Job job, long now) {
    DispatchId dispatch = someDispatch(job);
    Verdict.Decision[] values = Verdict.Decision.values();
    return switch (random.nextInt(22)) {
      case 0 -> new JobCommand.Approve("bob", "");
      case 1 -> new JobCommand.Reject("bob", "");
      case 2 -> new JobCommand.Cancel("ada", "");
      case 3 -> parentFinished();
      case 4 -> throttle(now);
      case 5 -> judge(values[random.nextInt(values.length)], now);
      case 6 -> new JobCommand.StartCompile();
      case 7 -> new JobCommand.FinishCompile();
      case 8 -> dispatch();
      case 9 -> new JobCommand.Start(dispatch);
      case 10 -> new JobCommand.ReportProgress(dispatch, progress());
      case 11 -> new JobCommand.Beat();
      case 12 -> new JobCommand.SubmitResult(dispatch, JobSamples.RESULT);
      case 13 -> new JobCommand.Complete(dispatch, JobSamples.RESULT);
      case 14 -> quarantined(dispatch);
      case 15 -> new JobCommand.Release(JobSamples.RESULT);
      case 16 -> new JobCommand.Quarantine("PII_FOUND", "");
      case 17 -> fail(dispatch);
      case 18 -> new JobCommand.Interrupt(dispatch, "LEASE_EXPIRED");
      case 19 -> new JobCommand.ReleaseHeld("bob", "");
      case 20 -> new JobCommand.DeleteHeld("bob", "");
      default -> new JobCommand.Tick();
    };
  }

  /// The attempt a report names; empty for commands that name none.
  static Optional<DispatchId> dispatchOf(JobCommand command) {
    return switch (command) {
      case JobCommand.Start c -> Optional.of(c.dispatch());
      case JobCommand.ReportProgress c -> Optional.of(c.dispatch());
      case JobCommand.SubmitResult c -> Optional.of(c.dispatch());
      case JobCommand.Complete c -> Optional.of(c.dispatch());
      case JobCommand.CompleteRedacted c -> Optional.of(c.dispatch());
      case JobCommand.CompleteQuarantined c -> Optional.of(c.dispatch());
      case JobCommand.Fail c -> Optional.of(c.dispatch());
      case JobCommand.Interrupt c -> Optional.of(c.dispatch());
      default -> Optional.empty();
    };
  }

  private JobCommand dispatch() {
    epoch += random.nextInt(10) == 0 ? 1 : 0;
    return new JobCommand.Dispatch(epoch, "w" + random.nextInt(3));
  }

  private JobCommand parentFinished() {
    return new JobCommand.ParentFinished("p" + (1 + random.nextInt(3)), random.nextInt(8) != 0);
  }

  private JobCommand throttle(long now) {
    return judge(Verdict.Decision.THROTTLE, now);
  }

  private JobCommand judge(Verdict.Decision decision, long now) {
    Verdict verdict = new Verdict(decision, "r" + random.nextInt(2), "busy", "cfg:2");
    Grant grant = new Grant(0, random.nextInt(2), 0, 0, random.nextInt(3), "", 0);
    return new JobCommand.Judge(verdict, grant, now + random.nextInt(5_000_000), 0);
  }

  private static JobCommand quarantined(DispatchId dispatch) {
    return new JobCommand.CompleteQuarantined(dispatch, JobSamples.RESULT, "PII_FOUND", "");
  }

  private JobCommand fail(DispatchId dispatch) {
    long asked = random.nextInt(4) == 0 ? random.nextLong() : 0;
    return new JobCommand.Fail(
        dispatch, "EXIT_1", "", random.nextInt(4) != 0, asked, random.nextDouble());
  }

  private Progress progress() {
    return new Progress(random.nextBoolean() ? "A" : "B", random.nextInt(Progress.WHOLE + 1), "");
  }

  /// The running attempt, an earlier one, or one that never was.
  private DispatchId someDispatch(Job job) {
    if (job.state() instanceof JobState.Executing executing && random.nextBoolean()) {
      return executing.dispatch();
    }
    return new DispatchId(
        Math.max(1, epoch - random.nextInt(2)),
        job.jobNo() + (random.nextInt(5) == 0 ? 1 : 0),
        Math.max(1, job.attempts() - random.nextInt(3)));
  }
}
