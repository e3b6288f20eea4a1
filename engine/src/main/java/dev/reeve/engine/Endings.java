package dev.reeve.engine;

import dev.reeve.job.Job;
import dev.reeve.job.JobState;
import dev.reeve.ledger.Receipt;

/// Gives every end of a job its receipt: what ended by itself, by its deadline, an approval that
/// nobody gave, a parent or a lost executor, is a decision of ours like any other.
final class Endings {
  private static final String ACTION = "action:job:end";

  private Endings() {}

  static void addReceipts(Group group) {
    for (Change change : group.changes()) {
      if (change.receipt < 0 && change.after.isFinished()) {
        group.receipt(receipt(change.after), change.after.jobNo());
      }
    }
  }

  private static Receipt receipt(Job job) {
    Receipt ended =
        switch (job.state()) {
          case JobState.Completed _ -> because("complete", "");
          case JobState.Denied s -> because("deny", s.code());
          case JobState.Quarantined s -> because("quarantine", s.code());
          case JobState.Failed s -> because("fail", s.code());
          case JobState.Cancelled _ -> because("cancel", "");
          case JobState.TimedOut s -> because("time_out", s.code());
          case JobState.Pending _,
              JobState.AwaitingApproval _,
              JobState.Throttled _,
              JobState.Compiling _,
              JobState.Queued _,
              JobState.Executing _,
              JobState.Reviewing _ ->
              throw new IllegalStateException("job " + job.jobNo() + " has not ended");
        };
    return ended.withSubject(job.key().tenant(), job.key().jobId(), "");
  }

  private static Receipt because(String decision, String code) {
    return Receipt.of(ACTION, decision).withRule("", code, "");
  }
}
