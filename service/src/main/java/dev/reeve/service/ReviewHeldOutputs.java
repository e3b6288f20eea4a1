package dev.reeve.service;

import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.engine.Answer;
import dev.reeve.engine.LogCommand;
import dev.reeve.engine.Writer;
import dev.reeve.job.Content;
import dev.reeve.job.Job;
import dev.reeve.job.JobCommand;
import dev.reeve.job.JobKey;
import dev.reeve.job.JobState;
import dev.reeve.job.StateName;
import dev.reeve.ledger.Receipt;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// What a reviewer does with outputs that were held back: look, let go, delete. The job stays
/// quarantined whatever becomes of its output. For administrators; blocks for reads, belongs on a
/// virtual thread.
public final class ReviewHeldOutputs {
  private final Writer writer;
  private final JobReader reader;
  private final ListJobs list;
  private final RulesInForce rules;

  /// Reviews of the jobs that the reader knows.
  public ReviewHeldOutputs(Writer writer, JobReader reader, ListJobs list, RulesInForce rules) {
    this.writer = writer;
    this.reader = reader;
    this.list = list;
    this.rules = rules;
  }

  /// A held output and its bytes.
  public record Read(JobView view, Bytes bytes) {}

  /// Jobs whose output was held back, newest first.
  ///
  /// @param below only jobs with a smaller number; `Long.MAX_VALUE` for the first page
  /// @param size most rows looked at that were held
  public ListJobs.Page held(Caller caller, JobState.HeldOutput standing, long below, int size) {
    checkRole(caller);
    JobFilter quarantined = JobFilter.ALL.withStates(Set.of(StateName.QUARANTINED));
    ListJobs.Page page = list.list(caller.tenant(), quarantined, below, size);
    List<JobView> wanted =
        page.jobs().stream()
            .filter(view ->
                view.job().state() instanceof JobState.Quarantined held
                    && held.standing() == standing)
            .toList();
    return new ListJobs.Page(wanted, page.nextBelow());
  }

  /// The output as it was made, once the receipt of this look is written.
  public CompletableFuture<Read> read(Caller caller, String jobId, String action) {
    checkRole(caller);
    JobView view = reader.view(new JobKey(caller.tenant(), jobId));
    Bytes bytes = reader.held(view.job());
    CompletableFuture<Read> read = new CompletableFuture<>();
    writer.offer(
        new LogCommand.Note(
            List.of(receipt(caller, jobId, action, "read", "").withOutput(sha256(view.job()))),
            new Answer<>() {
              @Override
              public void done(Boolean written) {
                read.complete(new Read(view, bytes));
              }

              @Override
              public void refused(Problem problem) {
                read.completeExceptionally(problem.toException());
              }
            }));
    return read;
  }

  /// The job after the release.
  public CompletableFuture<Job> release(
      Caller caller, String jobId, String comment, String action) {
    return decide(
        caller,
        jobId,
        new JobCommand.ReleaseHeld(caller.principal(), comment),
        receipt(caller, jobId, action, "release", comment));
  }

  /// The job after the deletion.
  public CompletableFuture<Job> delete(Caller caller, String jobId, String comment, String action) {
    return decide(
        caller,
        jobId,
        new JobCommand.DeleteHeld(caller.principal(), comment),
        receipt(caller, jobId, action, "delete", comment));
  }

  private CompletableFuture<Job> decide(
      Caller caller, String jobId, JobCommand command, Receipt receipt) {
    checkRole(caller);
    JobKey key = new JobKey(caller.tenant(), jobId);
    Job job = reader.view(key).job();
    if (!(job.state() instanceof JobState.Quarantined)) {
      Content _ = JobReader.heldContent(job);
    }
    PendingAnswer<Job> answer = new PendingAnswer<>();
    writer.offer(
        new LogCommand.Ask(
            new LogCommand.Target.ByKey(key),
            command,
            Bytes.EMPTY,
            Optional.of(receipt.withOutput(sha256(job))),
            answer));
    return answer.future();
  }

  private static Bytes sha256(Job job) {
    return job.state() instanceof JobState.Quarantined held ? held.held().sha256() : Bytes.EMPTY;
  }

  private Receipt receipt(
      Caller caller, String jobId, String action, String decision, String comment) {
    return Receipt.of(action, decision)
        .withSubject(caller.tenant(), jobId, caller.principal())
        .withRule("", comment, rules.snapshotId());
  }

  private static void checkRole(Caller caller) {
    if (caller.role() != Role.ADMIN) {
      throw ServiceProblems.ROLE_DENIED
          .because("role: " + caller.role() + " (expected: ADMIN)")
          .toException();
    }
  }
}
