package dev.reeve.engine;

import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.engine.port.JobArchive;
import dev.reeve.engine.port.JobLog;
import dev.reeve.engine.port.StoreException;
import dev.reeve.engine.port.StoredJob;
import dev.reeve.job.AdmissionCodec;
import dev.reeve.job.Content;
import dev.reeve.job.Job;
import dev.reeve.job.JobCommand;
import dev.reeve.job.JobKey;
import dev.reeve.job.JobProblems;
import dev.reeve.job.JobState;
import dev.reeve.ledger.Receipt;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Carries out what is asked of an existing job. Writer's thread only.
final class AskHandler {
  /// A job that has ended, and the digest of its payload.
  private record Recalled(Job job, Bytes payloadSha256) {}

  private final Map<JobKey, Recalled> recalled = new HashMap<>();
  private final LogState state;
  private final Follower follower;
  private final ProgressGate progressGate;

  AskHandler(LogState state, Follower follower, ProgressGate progressGate) {
    this.state = state;
    this.follower = follower;
    this.progressGate = progressGate;
  }

  /// Reads the jobs that reviewers ask about: they have ended and need not be in memory. Called
  /// once for each group.
  void recall(List<LogCommand> commands, JobArchive archive) throws StoreException {
    recalled.clear();
    for (LogCommand command : commands) {
      if (command instanceof LogCommand.Ask ask
          && isReview(ask.command())
          && ask.target() instanceof LogCommand.Target.ByKey(var key)) {
        Optional<StoredJob> stored = archive.find(key);
        if (stored.isPresent() && stored.get().isFinished()) {
          Bytes payload = AdmissionCodec.read(stored.get().admission()).spec().payload().sha256();
          recalled.put(key, new Recalled(EndedJobs.read(stored.get(), archive), payload));
        }
      }
    }
  }

  private static boolean isReview(JobCommand command) {
    return command instanceof JobCommand.ReleaseHeld || command instanceof JobCommand.DeleteHeld;
  }

  void handle(Group group, JobLog.Known known, LogCommand.Ask ask) {
    Job job = find(group, ask.target());
    if (job == null) {
      Problem problem = absent(known, ask.target());
      group.tell(() -> ask.answer().refused(problem), ask.answer()::refused);
      return;
    }
    boolean held =
        ask.command() instanceof JobCommand.ReportProgress report
            && isCurrent(job, report)
            && !progressGate.passes(report);
    if (held) {
      heard(job);
      group.tell(ask.answer(), job);
      return;
    }
    boolean isReport = isReport(ask.command());
    Optional<Problem> refused = follower.carryOut(group, job, ask.command(), isReport);
    if (refused.isPresent()) {
      refuse(group, ask, job, refused.get());
      return;
    }
    if (isReport) {
      heard(job);
    }
    accept(group, ask, job);
  }

  private void heard(Job job) {
    if (job.state() instanceof JobState.Executing executing) {
      state.executors.heardFrom(executing.worker());
    }
  }

  /// A fenced report must not displace the one of the current attempt.
  private static boolean isCurrent(Job job, JobCommand.ReportProgress report) {
    return job.state() instanceof JobState.Executing executing
        && executing.dispatch().equals(report.dispatch());
  }

  private void accept(Group group, LogCommand.Ask ask, Job before) {
    Change change = group.change(before.jobNo());
    Content result = resultOf(ask.command());
    if (change != null && result != null) {
      change.bringsResult(result, ask.body());
    }
    if (change != null && ask.command() instanceof JobCommand.DeleteHeld) {
      dropHeld(change);
    }
    ask.receipt().ifPresent(receipt -> group.receipt(receipt, before.jobNo()));
    Job after = group.current(before);
    group.tell(ask.answer(), after);
  }

  /// A result that is the payload too stays, as the payload.
  private void dropHeld(Change change) {
    Recalled known = recalled.get(change.after.key());
    if (change.after.state() instanceof JobState.Quarantined held
        && held.held().sizeBytes() > 0
        && (known == null || !known.payloadSha256().equals(held.held().sha256()))) {
      change.drops(held.held().sha256());
    }
  }

  private static void refuse(Group group, LogCommand.Ask ask, Job job, Problem problem) {
    ask.receipt()
        .ifPresent(asked ->
            group.receipt(
                Receipt.of(asked.action(), "refuse")
                    .withSubject(asked.tenant(), asked.job(), asked.actor())
                    .withRule("", problem.reason(), asked.snapshot()),
                0));
    Problem named = problem.with("job_id", job.key().jobId());
    group.tell(() -> ask.answer().refused(named), ask.answer()::refused);
  }

  private static @Nullable Content resultOf(JobCommand command) {
    return switch (command) {
      case JobCommand.SubmitResult c -> c.result();
      case JobCommand.Complete c -> c.result();
      case JobCommand.CompleteRedacted c -> c.released();
      case JobCommand.CompleteQuarantined c -> c.held();
      case JobCommand.Release c -> c.result();
      default -> null;
    };
  }

  private @Nullable Job find(Group group, LogCommand.Target target) {
    return switch (target) {
      case LogCommand.Target.ByNumber byNumber -> {
        Change change = group.change(byNumber.jobNo());
        yield change != null ? change.after : state.table.byNumber(byNumber.jobNo());
      }
      case LogCommand.Target.ByKey byKey -> {
        Job inserted = group.inserted(byKey.key());
        yield inserted != null
            ? inserted
            : state
                .table
                .find(byKey.key())
                .or(() -> Optional.ofNullable(recalled.get(byKey.key())).map(Recalled::job))
                .map(group::current)
                .orElse(null);
      }
    };
  }

  private static Problem absent(JobLog.Known known, LogCommand.Target target) {
    return switch (target) {
      case LogCommand.Target.ByNumber _ ->
          JobProblems.DISPATCH_FENCED.because("the job has ended or never was");
      case LogCommand.Target.ByKey(var key) ->
          known.jobs().containsKey(key)
              ? JobProblems.JOB_ALREADY_FINISHED.because("job has ended")
              : EngineProblems.JOB_NOT_FOUND
                  .because("job " + key.jobId() + " does not exist")
                  .with("job_id", key.jobId());
    };
  }

  private static boolean isReport(JobCommand command) {
    return switch (command) {
      case JobCommand.Start _,
          JobCommand.ReportProgress _,
          JobCommand.SubmitResult _,
          JobCommand.Complete _,
          JobCommand.CompleteRedacted _,
          JobCommand.CompleteQuarantined _,
          JobCommand.Fail _ ->
          true;
      case JobCommand.Approve _,
          JobCommand.Reject _,
          JobCommand.Cancel _,
          JobCommand.ParentFinished _,
          JobCommand.Judge _,
          JobCommand.StartCompile _,
          JobCommand.FinishCompile _,
          JobCommand.Dispatch _,
          JobCommand.Beat _,
          JobCommand.Release _,
          JobCommand.Quarantine _,
          JobCommand.ReleaseHeld _,
          JobCommand.DeleteHeld _,
          JobCommand.Interrupt _,
          JobCommand.Tick _ ->
          false;
    };
  }
}
