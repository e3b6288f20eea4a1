package dev.reeve.service;

import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.base.Sha256;
import dev.reeve.engine.Idempotency;
import dev.reeve.engine.port.IdempotencyScope;
import dev.reeve.job.Job;
import dev.reeve.job.JobKey;
import dev.reeve.job.JobSpec;
import dev.reeve.job.JobState;
import dev.reeve.job.Placement;
import dev.reeve.job.Verdict;
import dev.reeve.job.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/// Submits a job that ended badly anew, as it was: its work, placement and limits, from its kept
/// payload, in the API it came by. Policy decides the new job like any submit; the first one stays
/// as it is. Blocks for reads; belongs on a virtual thread.
///
/// A job is retried once. Whoever asks again gets the same new job, also when that one is over: it
/// is the one to retry then. A retry that policy denied does not count, so that it can be made once
/// the policy is mended.
public final class RetryJob {
  /// Label of the new job: the id of the first one. Its name is one that no client can set.
  public static final String FIRST_LABEL = "_retries";

  /// No API has this name, so no key of a client is one of these.
  private static final String SCOPE = "reeve.retry";

  /// Longer than any job is kept: the key goes with the new job.
  private static final Duration KEY_TTL = Duration.ofDays(36_500);

  /// Retries of retries that are followed to what became of a parent.
  private static final int HOPS_MAX = 100;

  private static final String DEAD =
      " (expected: FAILED, TIMED_OUT, or DENIED by a person; submit it anew otherwise)";

  private final SubmitJob submit;
  private final JobReader reader;
  private final Executor blocking;

  /// @param blocking runs what must read the archive
  public RetryJob(SubmitJob submit, JobReader reader, Executor blocking) {
    this.submit = submit;
    this.reader = reader;
    this.blocking = blocking;
  }

  /// The new job, or the one of an earlier retry. Fails as a submit does, and with `JOB_NOT_FOUND`,
  /// `JOB_NOT_RETRYABLE` or `PAYLOAD_NOT_KEPT`.
  ///
  /// @param jobId a job of the caller's tenant
  /// @param action id of the registered action, for the receipt
  public CompletableFuture<SubmitResult> retry(Caller caller, String jobId, String action) {
    JobView first = reader.view(new JobKey(caller.tenant(), jobId));
    return submit
        .known(caller, scope(first.job()))
        .thenComposeAsync(
            before ->
                before
                    .map(CompletableFuture::completedFuture)
                    .orElseGet(() -> anew(caller, first, action)),
            blocking);
  }

  private CompletableFuture<SubmitResult> anew(Caller caller, JobView first, String action) {
    obstacle(first)
        .ifPresent(why -> {
          throw refused(ServiceProblems.JOB_NOT_RETRYABLE.because(why), first).toException();
        });
    Bytes payload =
        Resubmission.kept(reader, first)
            .orElseThrow(() ->
                refused(
                        ServiceProblems.PAYLOAD_NOT_KEPT.because(
                            "the payload of the job is not kept any more"),
                        first)
                    .toException());
    JobSpec spec = first.admission().spec();
    return parents(caller, first, 0, new ArrayList<>())
        .thenComposeAsync(
            parents ->
                submit.submit(
                    caller.withProject(spec.project()).withDialect(spec.origin().dialect()),
                    Resubmission.of(
                        again(spec, parents),
                        payload,
                        new Resubmission.By(
                            caller.principal(), Optional.empty(), once(first.job()), action))),
            blocking);
  }

  /// Why this job cannot be submitted anew, if it cannot.
  private static Optional<String> obstacle(JobView view) {
    Job job = view.job();
    boolean mayRun =
        switch (job.state()) {
          case JobState.Failed _, JobState.TimedOut _ -> true;
          case JobState.Denied _ -> job.isDeadLetter();
          case JobState.Pending _,
              JobState.AwaitingApproval _,
              JobState.Throttled _,
              JobState.Compiling _,
              JobState.Queued _,
              JobState.Executing _,
              JobState.Reviewing _,
              JobState.Completed _,
              JobState.Quarantined _,
              JobState.Cancelled _ ->
              false;
        };
    if (job.state() instanceof JobState.Quarantined) {
      return Optional.of(
          "the output of the job was held back by policy (expected: a reviewer releases it)");
    }
    if (view.admission().verdict().decision() == Verdict.Decision.DENY) {
      return Optional.of(
          "the job was denied at its submit (expected: one of its remediations, or another"
              + " submit)");
    }
    if (!mayRun) {
      return Optional.of("job is " + job.state().name() + DEAD);
    }
    return view.admission().spec().limits().atMostOnce() && job.attempts() > 0
        ? Optional.of(
            "an attempt of the job has begun and it may not run twice (expected: a job that is not"
                + " at_most_once)")
        : Optional.empty();
  }

  /// The parents of the new job. One that did not complete stands for the job that came of its own
  /// retry: nothing could come of waiting for the lost one.
  private CompletableFuture<List<String>> parents(
      Caller caller, JobView first, int next, List<String> found) {
    List<String> parents = first.admission().spec().placement().dependsOn();
    return next == parents.size()
        ? CompletableFuture.completedFuture(found)
        : heir(caller, first, parents.get(next), 0)
            .thenComposeAsync(
                heir -> {
                  if (!found.contains(heir)) {
                    found.add(heir);
                  }
                  return parents(caller, first, next + 1, found);
                },
                blocking);
  }

  private CompletableFuture<String> heir(Caller caller, JobView first, String id, int hops) {
    Optional<Job> parent = reader.find(new JobKey(caller.tenant(), id)).map(JobView::job);
    boolean lost =
        parent.isPresent()
            && parent.get().isFinished()
            && !(parent.get().state() instanceof JobState.Completed);
    if (!lost || hops == HOPS_MAX) {
      return CompletableFuture.completedFuture(id);
    }
    return submit
        .known(caller, scope(parent.get()))
        .thenComposeAsync(
            again ->
                heir(
                    caller,
                    first,
                    again
                        .map(retried -> retried.job().key().jobId())
                        .orElseThrow(() ->
                            refused(
                                    ServiceProblems.JOB_NOT_RETRYABLE.because(
                                        "it depends on job "
                                            + id
                                            + ", which did not complete (expected: that one is"
                                            + " retried first)"),
                                    first)
                                .with("depends_on", id)
                                .toException()),
                    hops + 1),
            blocking);
  }

  private static JobSpec again(JobSpec first, List<String> parents) {
    Map<String, String> labels = new HashMap<>(first.work().labels());
    labels.put(FIRST_LABEL, first.key().jobId());
    Work work = first.work().withLabels(labels);
    Placement before = first.placement();
    return first
        .withWork(work)
        .withPlacement(new Placement(before.route(), before.group(), before.priority(), parents));
  }

  private static Optional<Idempotency> once(Job first) {
    return Optional.of(
        new Idempotency(
            scope(first),
            Sha256.of(Bytes.utf8(first.key().jobId())),
            Times.micros(KEY_TTL),
            Idempotency.OnMismatch.RETURN_FIRST));
  }

  /// By its number: an id can be given again once retention has removed its job.
  private static IdempotencyScope scope(Job first) {
    return new IdempotencyScope(
        first.key().tenant(), first.header().project(), SCOPE, Long.toString(first.jobNo()));
  }

  private static Problem refused(Problem problem, JobView first) {
    return problem
        .with("job_id", first.job().key().jobId())
        .with("state", first.job().state().name().name());
  }
}
