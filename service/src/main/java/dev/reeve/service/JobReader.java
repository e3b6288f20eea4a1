package dev.reeve.service;

import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.engine.EndedJobs;
import dev.reeve.engine.EngineProblems;
import dev.reeve.engine.EventDocument;
import dev.reeve.engine.JobTable;
import dev.reeve.engine.port.JobArchive;
import dev.reeve.engine.port.StoreException;
import dev.reeve.engine.port.StoredJob;
import dev.reeve.job.Admission;
import dev.reeve.job.AdmissionCodec;
import dev.reeve.job.Content;
import dev.reeve.job.Job;
import dev.reeve.job.JobEvent;
import dev.reeve.job.JobEvolution;
import dev.reeve.job.JobKey;
import dev.reeve.job.JobState;
import dev.reeve.job.Verdict;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/// Reads jobs as committed: from memory where they are, else from the archive.
///
/// [#status] never blocks the caller; [#view] and [#result] may, and belong on a virtual thread.
public final class JobReader {
  private static final int EVENTS_BYTES_MAX = Integer.MAX_VALUE;
  private static final int APPROVAL_BYTES_MAX = 64 * 1024;

  /// A held job's first event says so; what happens next is approval or its end.
  private static final int AFTER_HELD_SEQ = 2;

  private final JobTable table;
  private final JobArchive archive;
  private final Executor blocking;

  /// @param blocking runs what must read the archive
  public JobReader(JobTable table, JobArchive archive, Executor blocking) {
    this.table = table;
    this.archive = archive;
    this.blocking = blocking;
  }

  /// The job; fails with `JOB_NOT_FOUND`. Completed at once when it is in memory.
  public CompletableFuture<Job> status(JobKey key) {
    Optional<Job> inMemory = table.find(key);
    return inMemory.isPresent()
        ? CompletableFuture.completedFuture(inMemory.get())
        : CompletableFuture.supplyAsync(() -> view(key).job(), blocking);
  }

  /// The job with its submission. Blocks.
  ///
  /// @throws dev.reeve.base.ProblemException `JOB_NOT_FOUND` or `STORE_UNAVAILABLE`
  public JobView view(JobKey key) {
    return find(key).orElseThrow(() -> notFound(key).toException());
  }

  /// The job with its submission, if there is one. Blocks.
  public Optional<JobView> find(JobKey key) {
    try {
      Optional<StoredJob> stored = archive.find(key);
      return stored.isEmpty() ? Optional.empty() : Optional.of(view(stored.get()));
    } catch (StoreException e) {
      throw unavailable(e).toException();
    }
  }

  /// The job of this number, if there is one. Blocks.
  public Optional<JobView> find(long jobNo) {
    try {
      Optional<StoredJob> stored = archive.find(jobNo);
      return stored.isEmpty() ? Optional.empty() : Optional.of(view(stored.get()));
    } catch (StoreException e) {
      throw unavailable(e).toException();
    }
  }

  /// The attempt of a job that was begun last, if any was. Blocks.
  public Optional<JobEvent.Dispatched> lastDispatch(Job job) {
    try {
      return archive.events(job.jobNo(), 0, EVENTS_BYTES_MAX).stream()
          .flatMap(document -> EventDocument.read(document).events().stream())
          .filter(JobEvent.Dispatched.class::isInstance)
          .map(JobEvent.Dispatched.class::cast)
          .reduce((_, last) -> last);
    } catch (StoreException e) {
      throw unavailable(e).toException();
    }
  }

  /// A job of this id, whichever tenant it belongs to. Blocks. Who may see it is the caller's to
  /// decide.
  public Optional<JobView> findInAnyTenant(String jobId) {
    try {
      Optional<StoredJob> stored = archive.findInAnyTenant(jobId);
      return stored.isEmpty() ? Optional.empty() : Optional.of(view(stored.get()));
    } catch (StoreException e) {
      throw unavailable(e).toException();
    }
  }

  /// A stored row as it stands now. Blocks.
  JobView view(StoredJob stored) throws StoreException {
    Admission admission = AdmissionCodec.read(stored.admission());
    Optional<Job> inMemory = table.find(admission.spec().key());
    if (inMemory.isPresent()) {
      return new JobView(inMemory.get(), admission);
    }
    if (stored.isFinished()) {
      return new JobView(EndedJobs.read(stored, archive), admission);
    }
    return new JobView(fold(stored.jobNo(), admission), admission);
  }

  /// Who let a held job go on, if somebody did. Blocks when policy had held it.
  public Optional<JobEvent.Approved> approval(Job job) {
    boolean wasHeld =
        job.verdict().decision() == Verdict.Decision.REQUIRE_APPROVAL
            && !(job.state() instanceof JobState.AwaitingApproval);
    if (!wasHeld) {
      return Optional.empty();
    }
    try {
      return archive.events(job.jobNo(), AFTER_HELD_SEQ, APPROVAL_BYTES_MAX).stream()
          .flatMap(document -> EventDocument.read(document).events().stream())
          .flatMap(event -> approval(event).stream())
          .reduce((_, last) -> last);
    } catch (StoreException e) {
      throw unavailable(e).toException();
    }
  }

  private static Optional<JobEvent.Approved> approval(JobEvent event) {
    return switch (event) {
      case JobEvent.Approved approved -> Optional.of(approved);
      case JobEvent.ApprovalGiven given ->
          Optional.of(new JobEvent.Approved(given.atMicros(), given.by(), given.comment()));
      default -> Optional.empty();
    };
  }

  /// Result bytes of a completed job. Blocks.
  ///
  /// @throws dev.reeve.base.ProblemException `RESULT_NOT_READY` before the end, `RESULT_WITHHELD`
  ///   when it ended without a readable result
  public Bytes result(Job job) {
    return result(job, readable(job));
  }

  /// Bytes of an output that was held back, for a reviewer. Blocks.
  ///
  /// @throws dev.reeve.base.ProblemException `OUTPUT_NOT_HELD` when there is none, or it was
  ///   deleted
  Bytes held(Job job) {
    return result(job, heldContent(job));
  }

  /// The output of a job that was held back.
  ///
  /// @throws dev.reeve.base.ProblemException `OUTPUT_NOT_HELD` when there is none, or it was
  ///   deleted
  static Content heldContent(Job job) {
    if (job.state() instanceof JobState.Quarantined held
        && held.standing() != JobState.HeldOutput.DELETED) {
      return held.held();
    }
    throw ServiceProblems.OUTPUT_NOT_HELD
        .because("job is " + job.state().name() + " and has no held output")
        .with("job_id", job.key().jobId())
        .toException();
  }

  private Bytes result(Job job, Content content) {
    if (content.sizeBytes() == 0) {
      return Bytes.EMPTY;
    }
    try {
      return archive
          .result(job.jobNo(), job.key().tenant(), content)
          .orElseThrow(
              () -> new IllegalStateException("result of job " + job.key().jobId() + " is gone"));
    } catch (StoreException e) {
      throw unavailable(e).toException();
    }
  }

  /// Input bytes of a job. Blocks.
  public Bytes payload(JobView view) {
    Content content = view.admission().spec().payload();
    if (content.sizeBytes() == 0) {
      return Bytes.EMPTY;
    }
    try {
      return archive
          .payload(view.job().jobNo(), view.job().key().tenant(), content)
          .orElse(Bytes.EMPTY);
    } catch (StoreException e) {
      throw unavailable(e).toException();
    }
  }

  /// What may be read of a job's result; decided by its state alone.
  ///
  /// @throws dev.reeve.base.ProblemException as [#result]
  public static Content readable(Job job) {
    return switch (job.state()) {
      case JobState.Completed completed -> completed.result();
      case JobState.Quarantined held when held.standing() == JobState.HeldOutput.RELEASED ->
          held.held();
      case JobState.Denied _,
          JobState.Quarantined _,
          JobState.Failed _,
          JobState.Cancelled _,
          JobState.TimedOut _ ->
          throw ServiceProblems.RESULT_WITHHELD
              .because("job ended as " + job.state().name())
              .with("job_id", job.key().jobId())
              .with("state", job.state().name().name())
              .toException();
      case JobState.Pending _,
          JobState.AwaitingApproval _,
          JobState.Throttled _,
          JobState.Compiling _,
          JobState.Queued _,
          JobState.Executing _,
          JobState.Reviewing _ ->
          throw ServiceProblems.RESULT_NOT_READY
              .because("job is " + job.state().name())
              .with("job_id", job.key().jobId())
              .with("state", job.state().name().name())
              .toException();
    };
  }

  /// A job that left memory between two looks: its stored events tell all.
  private Job fold(long jobNo, Admission admission) throws StoreException {
    Job job = Job.created(jobNo, admission);
    for (Bytes document : archive.events(jobNo, 0, EVENTS_BYTES_MAX)) {
      job = JobEvolution.evolve(job, EventDocument.read(document).events());
    }
    return job;
  }

  static Problem notFound(JobKey key) {
    return EngineProblems.JOB_NOT_FOUND
        .because("job " + key.jobId() + " does not exist")
        .with("job_id", key.jobId());
  }

  static Problem unavailable(StoreException e) {
    return EngineProblems.STORE_UNAVAILABLE
        .because("the store does not answer")
        .withDetail(String.valueOf(e.getMessage()))
        .withRetryAfter(Duration.ofSeconds(1));
  }
}
