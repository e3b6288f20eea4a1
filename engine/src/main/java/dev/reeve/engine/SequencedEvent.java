package dev.reeve.engine;

import dev.reeve.base.Bytes;
import dev.reeve.job.JobEvent;

/// A visible event as a watcher gets it.
///
/// @param seq its number within the job, from 1 without gaps
/// @param event what happened
/// @param leafIndex the receipt committed with it; -1 for none
/// @param leafHash hash of that receipt; empty for none, and where it was not stored
public record SequencedEvent(long seq, JobEvent event, long leafIndex, Bytes leafHash) {
  /// Whether it has a receipt whose hash was not stored with it.
  public boolean lacksHash() {
    return leafIndex >= 0 && leafHash.isEmpty();
  }

  /// The same event with the hash of its receipt.
  public SequencedEvent withHash(Bytes hash) {
    return new SequencedEvent(seq, event, leafIndex, hash);
  }

  /// Whether nothing comes after it.
  public boolean isTerminal() {
    return switch (event) {
      case JobEvent.Completed _,
          JobEvent.Denied _,
          JobEvent.Quarantined _,
          JobEvent.Failed _,
          JobEvent.Cancelled _,
          JobEvent.TimedOut _ ->
          true;
      case JobEvent.Waiting _,
          JobEvent.Held _,
          JobEvent.Approved _,
          JobEvent.HeldOutputReleased _,
          JobEvent.HeldOutputDeleted _,
          JobEvent.ApprovalGiven _,
          JobEvent.Judged _,
          JobEvent.ParentCompleted _,
          JobEvent.Throttled _,
          JobEvent.CompileStarted _,
          JobEvent.Queued _,
          JobEvent.Dispatched _,
          JobEvent.Started _,
          JobEvent.Progressed _,
          JobEvent.Heartbeat _,
          JobEvent.AttemptFailed _,
          JobEvent.Interrupted _,
          JobEvent.ReviewStarted _ ->
          false;
    };
  }
}
