package dev.reeve.gateway.cordum;

import dev.reeve.job.Job;
import dev.reeve.job.JobState;

/// The states of the core in the words of the Cordum contract. Total.
final class CordumStates {
  /// What an id that nobody knows is.
  static final String UNKNOWN = "UNKNOWN";

  /// What waits for another attempt is.
  static final String RETRYING = "RETRYING";

  private CordumStates() {}

  /// A job that was run and is to be run again is `RETRYING` until it is given out.
  static String toWire(Job job) {
    return job.state() instanceof JobState.Queued && job.attempts() > 0
        ? RETRYING
        : toWire(job.state());
  }

  static String toWire(JobState state) {
    return switch (state) {
      case JobState.Pending _, JobState.Throttled _, JobState.Compiling _ -> "PENDING";
      case JobState.AwaitingApproval _ -> "APPROVAL_REQUIRED";
      case JobState.Queued _ -> "SCHEDULED";
      case JobState.Executing executing -> executing.started() ? "RUNNING" : "DISPATCHED";
      case JobState.Reviewing _ -> "RUNNING";
      case JobState.Completed _ -> "SUCCEEDED";
      case JobState.Denied _ -> "DENIED";
      case JobState.Quarantined _ -> "OUTPUT_QUARANTINED";
      case JobState.Failed _ -> "FAILED";
      case JobState.Cancelled _ -> "CANCELLED";
      case JobState.TimedOut _ -> "TIMEOUT";
    };
  }
}
