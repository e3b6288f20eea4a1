package dev.reeve.engine;

import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.engine.port.DocumentChange;
import dev.reeve.engine.port.IdempotencyScope;
import dev.reeve.job.DispatchId;
import dev.reeve.job.Job;
import dev.reeve.job.JobCommand;
import dev.reeve.job.JobKey;
import dev.reeve.ledger.Receipt;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Something for the writer to do. Handled in the order of arrival.
public sealed interface LogCommand {
  /// Bytes it brings along, for the bound of a group.
  default int sizeBytes() {
    return 0;
  }

  /// Refuses the command without having touched anything.
  void refuse(Problem problem);

  /// Admit a new job.
  record Submit(Submission submission, Answer<SubmitOutcome> answer) implements LogCommand {
    @Override
    public int sizeBytes() {
      return submission.payload().size() + 512;
    }

    @Override
    public void refuse(Problem problem) {
      answer.refused(problem);
    }
  }

  /// Which job has taken a key; changes nothing. For APIs that answer with the first job before
  /// they look at the rest of a request.
  ///
  /// @param answer gets the id of that job; empty when the key is free
  record Recall(IdempotencyScope scope, Answer<Optional<String>> answer) implements LogCommand {
    @Override
    public void refuse(Problem problem) {
      answer.refused(problem);
    }
  }

  /// Ask something of one job.
  ///
  /// @param target which job
  /// @param command what
  /// @param body result bytes up to the row limit that become the job's when the command is
  ///   accepted
  /// @param receipt what the ledger says of it; empty for facts that decide nothing
  /// @param answer gets the job after the command
  record Ask(
      Target target, JobCommand command, Bytes body, Optional<Receipt> receipt, Answer<Job> answer)
      implements LogCommand {
    @Override
    public int sizeBytes() {
      return body.size() + 256;
    }

    @Override
    public void refuse(Problem problem) {
      answer.refused(problem);
    }
  }

  /// What policy says of jobs that were admitted under older rules.
  ///
  /// @param generation of the rules that say it; refused when they changed since
  /// @param jobs at most some dozen, so that a commit stays small
  /// @param settledJobNo every job up to this number has been asked about; 0 says nothing
  /// @param answer told when it is committed
  record Judge(long generation, List<Judged> jobs, long settledJobNo, Answer<Boolean> answer)
      implements LogCommand {
    public Judge {
      jobs = List.copyOf(jobs);
    }

    @Override
    public int sizeBytes() {
      return jobs.size() * 512;
    }

    @Override
    public void refuse(Problem problem) {
      answer.refused(problem);
    }

    /// One job.
    ///
    /// @param jobNo its number
    /// @param command what is said; empty when nothing changes
    /// @param receipt what the ledger says of it when it changes something
    public record Judged(long jobNo, Optional<JobCommand.Judge> command, Receipt receipt) {}
  }

  /// Which job a command is for.
  sealed interface Target {
    /// By its public name.
    record ByKey(JobKey key) implements Target {}

    /// By its number.
    record ByNumber(long jobNo) implements Target {}
  }

  /// Tells of an executor. Nothing of it is stored, so it is never refused for the store's sake or
  /// because too much waits: a lost one would leave an executor idle for ever, or jobs with one
  /// that is gone.
  sealed interface OfSession extends LogCommand {
    ExecutorSession session();
  }

  /// An executor is there.
  ///
  /// @param session the executor
  /// @param routes the routes that it serves
  /// @param resumed attempts that it still works on after a lost connection
  /// @param answer gets the jobs whose attempts are still its own
  record Attach(
      ExecutorSession session,
      Set<String> routes,
      List<DispatchId> resumed,
      Answer<List<Job>> answer)
      implements OfSession {
    @Override
    public void refuse(Problem problem) {
      answer.refused(problem);
    }
  }

  /// The executor takes so many more jobs, or fewer when negative.
  record Grant(ExecutorSession session, int credit) implements OfSession {
    @Override
    public void refuse(Problem problem) {
      session.notGranted(credit);
    }
  }

  /// The executor is alive; its leases begin anew.
  record Renew(ExecutorSession session) implements OfSession {
    @Override
    public void refuse(Problem problem) {}
  }

  /// The executor is gone.
  ///
  /// @param handBack true when it stopped in order and its jobs go to others at once; false when
  ///   the connection broke and its leases run on
  record Detach(ExecutorSession session, boolean handBack) implements OfSession {
    @Override
    public void refuse(Problem problem) {}
  }

  /// Receipts without an effect on a job, and documents that change together with them.
  ///
  /// @param documents where two speak of one document, the last one counts
  /// @param answer told when both are committed; refused when neither is
  record Note(List<Receipt> receipts, List<DocumentChange> documents, Answer<Boolean> answer)
      implements LogCommand {
    public Note {
      receipts = List.copyOf(receipts);
      documents = List.copyOf(documents);
    }

    /// Receipts alone.
    public Note(List<Receipt> receipts, Answer<Boolean> answer) {
      this(receipts, List.of(), answer);
    }

    @Override
    public int sizeBytes() {
      int bytes = receipts.size() * 512;
      for (DocumentChange document : documents) {
        bytes += document.sizeBytes();
      }
      return bytes;
    }

    @Override
    public void refuse(Problem problem) {
      answer.refused(problem);
    }
  }

  /// Remove whole finished jobs, oldest first; their receipts stay.
  ///
  /// @param endedBeforeMicros only jobs that ended before, microseconds since 1970 UTC
  /// @param limit at most so many; small, because the writer does nothing else meanwhile
  /// @param answer gets how many were removed
  record RemoveFinished(long endedBeforeMicros, int limit, Answer<Integer> answer)
      implements LogCommand {
    @Override
    public void refuse(Problem problem) {
      answer.refused(problem);
    }
  }

  /// Looks at the writer's own state, between two commands; changes nothing.
  record Look(Consumer<WriterView> look, Answer<Boolean> answer) implements LogCommand {
    @Override
    public void refuse(Problem problem) {
      answer.refused(problem);
    }
  }
}
