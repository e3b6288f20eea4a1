package dev.reeve.service;

import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.engine.Answer;
import dev.reeve.engine.ExecutorSession;
import dev.reeve.engine.LogCommand;
import dev.reeve.engine.Writer;
import dev.reeve.job.DispatchId;
import dev.reeve.job.Job;
import dev.reeve.job.Progress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An executor inside this process, under the same contract as any worker: it registers, grants
/// credit, gets assignments, reports.
public final class BuiltInExecutor implements ExecutorSession {
  private static final Logger log = LoggerFactory.getLogger(BuiltInExecutor.class);

  /// What it does with a job. Runs on its own pool, may take long, looks at `run` for a cancel.
  @FunctionalInterface
  public interface Task {
    Outcome execute(Assignment assignment, Run run);

    /// Whether it can take a job now; one that says no wakes the writer when it can again. Called
    /// on the writer's thread; must not block.
    default boolean takesMore() {
      return true;
    }
  }

  /// How a run ended.
  public sealed interface Outcome {
    record Done(String contentType, Bytes result) implements Outcome {}

    record Failed(String code, String message, boolean retryable) implements Outcome {}

    /// Stopped because it was told to.
    record Stopped() implements Outcome {}
  }

  /// One run in progress.
  public interface Run {
    boolean isCancelled();

    void progress(Progress progress);
  }

  private final String workerId;
  private final Set<String> routes;
  private final int parallel;
  private final Task task;
  private final Writer writer;
  private final ExecutionReports reports;
  private final Executor pool;
  private final ConcurrentHashMap<DispatchId, AtomicBoolean> running = new ConcurrentHashMap<>();

  /// @param name short name, unique in this process
  /// @param pool runs the task; the delivery thread for tasks that only copy
  public BuiltInExecutor(
      String name,
      Set<String> routes,
      int parallel,
      Task task,
      Writer writer,
      ExecutionReports reports,
      Executor pool) {
    this.workerId = BUILT_IN + name;
    this.routes = Set.copyOf(routes);
    this.parallel = parallel;
    this.task = task;
    this.writer = writer;
    this.reports = reports;
    this.pool = pool;
  }

  /// Registers with the writer and takes jobs from now on.
  public void start() {
    writer.offer(new LogCommand.Attach(this, routes, List.of(), Answer.none()));
    writer.offer(new LogCommand.Grant(this, parallel));
  }

  /// Takes so many more jobs side by side from now on, or fewer when negative: what runs goes on.
  public void grant(int more) {
    writer.offer(new LogCommand.Grant(this, more));
  }

  /// Whether nothing runs.
  public boolean isIdle() {
    return running.isEmpty();
  }

  /// Hands running work back and takes no more.
  public void stop() {
    writer.offer(new LogCommand.Detach(this, true));
    running.values().forEach(cancelled -> cancelled.set(true));
  }

  @Override
  public String workerId() {
    return workerId;
  }

  @Override
  public boolean takesMore() {
    return task.takesMore();
  }

  @Override
  public void assign(Assignment assignment) {
    running.put(assignment.dispatch(), new AtomicBoolean());
    pool.execute(() -> run(assignment));
  }

  @Override
  public void cancel(DispatchId dispatch, String reason) {
    AtomicBoolean cancelled = running.get(dispatch);
    if (cancelled != null) {
      cancelled.set(true);
    }
  }

  private void run(Assignment assignment) {
    DispatchId dispatch = assignment.dispatch();
    AtomicBoolean cancelled = running.getOrDefault(dispatch, new AtomicBoolean(true));
    Outcome outcome;
    try {
      outcome =
          cancelled.get()
              ? new Outcome.Stopped()
              : task.execute(assignment, runOf(dispatch, cancelled));
    } catch (RuntimeException e) {
      log.error("built-in executor failed job_id={}", assignment.job().key().jobId(), e);
      outcome = new Outcome.Failed("EXECUTOR_DEFECT", "the executor failed; it was logged", false);
    }
    report(assignment.job(), dispatch, asWanted(outcome, assignment));
    running.remove(dispatch);
    writer.offer(new LogCommand.Grant(this, 1));
  }

  /// With the job's own word on which failures are tried again.
  private static Outcome asWanted(Outcome outcome, Assignment assignment) {
    if (!(outcome instanceof Outcome.Failed failed)) {
      return outcome;
    }
    RetryReasons reasons = RetryReasons.of(assignment.admission().spec().work().metadata());
    return new Outcome.Failed(
        failed.code(), failed.message(), reasons.mayTryAgain(failed.code(), failed.retryable()));
  }

  private void report(Job job, DispatchId dispatch, Outcome outcome) {
    switch (outcome) {
      case Outcome.Done done ->
          reports.completed(
              job,
              dispatch,
              done.contentType(),
              done.result(),
              reportAgain(job, dispatch, outcome));
      case Outcome.Failed failed ->
          reports.failed(
              job,
              dispatch,
              failed.code(),
              failed.message(),
              failed.retryable(),
              0,
              reportAgain(job, dispatch, outcome));
      case Outcome.Stopped _ -> {}
    }
  }

  /// A report that the writer could not take now must not be lost: no lease would end the attempt.
  private Answer<Job> reportAgain(Job job, DispatchId dispatch, Outcome outcome) {
    return new Answer<>() {
      @Override
      public void done(Job after) {}

      @Override
      public void refused(Problem problem) {
        problem
            .retryAfter()
            .ifPresent(wait ->
                CompletableFuture.delayedExecutor(wait.toMillis(), TimeUnit.MILLISECONDS, pool)
                    .execute(() -> report(job, dispatch, outcome)));
      }
    };
  }

  private Run runOf(DispatchId dispatch, AtomicBoolean cancelled) {
    return new Run() {
      @Override
      public boolean isCancelled() {
        return cancelled.get();
      }

      @Override
      public void progress(Progress progress) {
        reports.progressed(dispatch, progress, Answer.none());
      }
    };
  }
}
