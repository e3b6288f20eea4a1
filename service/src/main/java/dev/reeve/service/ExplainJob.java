package dev.reeve.service;

import dev.reeve.base.Problem;
import dev.reeve.engine.Answer;
import dev.reeve.engine.LogCommand;
import dev.reeve.engine.Writer;
import dev.reeve.engine.WriterView;
import dev.reeve.job.Job;
import dev.reeve.job.JobKey;
import dev.reeve.job.JobState;
import dev.reeve.job.Needs;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/// Answers why a job waits and until when. Never blocks.
public final class ExplainJob {
  private final Writer writer;
  private final JobReader reader;
  private final RulesInForce rules;
  private final InstantSource clock;

  public ExplainJob(Writer writer, JobReader reader, RulesInForce rules, InstantSource clock) {
    this.writer = writer;
    this.reader = reader;
    this.rules = rules;
    this.clock = clock;
  }

  /// @param job the job as committed
  /// @param causes nearest first; empty when it runs or has ended
  /// @param ahead jobs of its tenant that go first
  /// @param blockedBy ids of jobs that must complete first
  public record Explanation(Job job, List<WaitCause> causes, int ahead, List<String> blockedBy) {
    public Explanation {
      causes = List.copyOf(causes);
      blockedBy = List.copyOf(blockedBy);
    }
  }

  /// Fails with `JOB_NOT_FOUND`.
  public CompletableFuture<Explanation> explain(JobKey key) {
    CompletableFuture<Explanation> explained = new CompletableFuture<>();
    AtomicReference<Optional<WriterView.WaitReport>> report =
        new AtomicReference<>(Optional.empty());
    writer.offer(
        new LogCommand.Look(
            view -> report.set(view.explain(key)),
            new Answer<>() {
              @Override
              public void done(Boolean looked) {
                complete(key, report.get(), explained);
              }

              @Override
              public void refused(Problem problem) {
                explained.completeExceptionally(problem.toException());
              }
            }));
    return explained;
  }

  private void complete(
      JobKey key,
      Optional<WriterView.WaitReport> report,
      CompletableFuture<Explanation> explained) {
    if (report.isPresent()) {
      explained.complete(of(report.get()));
      return;
    }
    Futures.then(
        reader.status(key),
        job -> explained.complete(new Explanation(job, List.of(), 0, List.of())),
        problem -> explained.completeExceptionally(problem.toException()));
  }

  private Explanation of(WriterView.WaitReport report) {
    Job job = report.job();
    List<WaitCause> causes = new ArrayList<>();
    List<String> blockedBy = List.of();
    if (!job.isFinished()) {
      rules
          .objection(job.key().tenant(), job.header().origin())
          .map(JobConsent::problem)
          .ifPresent(halt -> causes.add(new WaitCause(halt.reason(), halt.message(), 0)));
    }
    switch (job.state()) {
      case JobState.Pending pending -> {
        blockedBy = pending.waitingFor().stream().sorted().toList();
        causes.add(
            new WaitCause(
                "DEPENDENCIES", "waits for " + counted(blockedBy.size(), "other job"), 0));
      }
      case JobState.AwaitingApproval held ->
          causes.add(
              new WaitCause(
                  "APPROVAL",
                  "held by rule " + job.verdict().ruleId() + ": " + job.verdict().reason(),
                  held.expiresAtMicros()));
      case JobState.Throttled throttled -> throttled(throttled, !causes.isEmpty(), causes);
      case JobState.Queued queued -> queued(report, queued, causes);
      case JobState.Reviewing _ ->
          causes.add(new WaitCause("REVIEW", "its output is being checked", 0));
      case JobState.Compiling _,
          JobState.Executing _,
          JobState.Completed _,
          JobState.Denied _,
          JobState.Quarantined _,
          JobState.Failed _,
          JobState.Cancelled _,
          JobState.TimedOut _ -> {}
    }
    return new Explanation(job, causes, report.ahead(), blockedBy);
  }

  /// Whom a pause halts waits for its end, which is said already; the time at which policy would be
  /// asked at the latest tells nobody anything then, nor when the pause is over, because then it is
  /// asked at once.
  private void throttled(JobState.Throttled throttled, boolean halted, List<WaitCause> causes) {
    if (halted) {
      return;
    }
    if (ReconsiderJobs.isOfPause(throttled, clock.instant())) {
      causes.add(new WaitCause("THROTTLED", "the pause is over, policy is asked again", 0));
    } else {
      causes.add(
          new WaitCause(
              "THROTTLED",
              "policy said not now, round " + throttled.rounds(),
              throttled.retryAtMicros()));
    }
  }

  private void queued(
      WriterView.WaitReport report, JobState.Queued queued, List<WaitCause> causes) {
    long now = Times.micros(clock.instant());
    String route = report.job().header().placement().route();
    if (!report.heldBack().isEmpty()) {
      causes.add(new WaitCause("GOVERNANCE_NOT_STANDING", report.heldBack(), 0));
    }
    if (queued.notBeforeMicros() > now) {
      causes.add(
          new WaitCause("RETRY_DELAY", "waits before the next attempt", queued.notBeforeMicros()));
    }
    if (!report.limit().isEmpty()) {
      long until = report.limitWaitMicros() == 0 ? 0 : now + report.limitWaitMicros();
      causes.add(new WaitCause("LIMIT", report.limit(), until));
    }
    if (report.executors() == 0) {
      causes.add(new WaitCause("NO_WORKER", "no worker serves " + route, 0));
    } else if (report.silent() == report.executors()) {
      causes.add(new WaitCause("WORKERS_SILENT", silent(report.executors(), route), 0));
    } else if (!report.fitting()) {
      causes.add(
          new WaitCause(
              "NO_FITTING_WORKER", unfit(report.job().header().placement().needs(), route), 0));
    } else if (!report.creditFree()) {
      causes.add(new WaitCause("WORKERS_BUSY", busy(report.executors(), route), 0));
    }
    if (report.ahead() > 0) {
      causes.add(
          new WaitCause("QUEUE", counted(report.ahead(), "job") + " of the tenant first", 0));
    }
    if (report.tenantsWaiting() > 1) {
      causes.add(
          new WaitCause("FAIR_SHARE", report.tenantsWaiting() + " tenants share " + route, 0));
    }
  }

  private static String unfit(Needs needs, String route) {
    List<String> asked = new ArrayList<>(needs.requires());
    new TreeMap<>(needs.labels()).forEach((name, value) -> asked.add(name + "=" + value));
    return "no worker that serves " + route + " has " + String.join(", ", asked);
  }

  private static String busy(int workers, String route) {
    return workers == 1
        ? "the one worker that serves " + route + " takes no more now"
        : "none of the " + workers + " workers that serve " + route + " takes more now";
  }

  private static String silent(int workers, String route) {
    return workers == 1
        ? "the one worker that serves " + route + " gives no sign of life"
        : "none of the " + workers + " workers that serve " + route + " gives a sign of life";
  }

  private static String counted(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
