package dev.reeve.service;

import dev.reeve.base.Bytes;
import dev.reeve.engine.LogCommand;
import dev.reeve.engine.Writer;
import dev.reeve.job.Job;
import dev.reeve.job.JobCommand;
import dev.reeve.job.JobKey;
import dev.reeve.ledger.Receipt;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Gives a job up. Taken at once in every unfinished state: the executor of a running one is told
/// to stop, and its late report is fenced.
public final class CancelJob {
  private final Writer writer;

  public CancelJob(Writer writer) {
    this.writer = writer;
  }

  /// The job after the cancel. Fails with `JOB_ALREADY_FINISHED` or `JOB_NOT_FOUND`.
  ///
  /// @param action id of the registered action, for the receipt
  public CompletableFuture<Job> cancel(Caller caller, String jobId, String reason, String action) {
    PendingAnswer<Job> answer = new PendingAnswer<>();
    Receipt receipt =
        Receipt.of(action, "allow").withSubject(caller.tenant(), jobId, caller.principal());
    writer.offer(
        new LogCommand.Ask(
            new LogCommand.Target.ByKey(new JobKey(caller.tenant(), jobId)),
            new JobCommand.Cancel(caller.principal(), reason),
            Bytes.EMPTY,
            Optional.of(receipt),
            answer));
    return answer.future();
  }
}
