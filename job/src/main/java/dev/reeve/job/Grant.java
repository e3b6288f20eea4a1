package dev.reeve.job;

import dev.reeve.base.Check;

/// The limits within which policy lets a job run. A number of 0 and an empty text set no limit.
///
/// @param runTimeoutMicros longest run of one attempt
/// @param attemptsMax attempts in all
/// @param resultBytesMax largest result
/// @param runningMax jobs of the tenant that may run when this one starts, itself included
/// @param approvals persons who must approve it when it is held; 0 counts as one
/// @param constraints every constraint of the rule as a JSON text, for the worker
/// @param revision how often policy said something else since the job was admitted
public record Grant(
    long runTimeoutMicros,
    int attemptsMax,
    long resultBytesMax,
    int runningMax,
    int approvals,
    String constraints,
    int revision) {
  public static final Grant NONE = new Grant(0, 0, 0, 0, 0, "", 0);

  public Grant {
    Storable.micros("run_timeout", runTimeoutMicros);
    Storable.micros("result_bytes_max", resultBytesMax);
    Storable.text("constraints", constraints);
    Check.argument(
        attemptsMax >= 0 && runningMax >= 0 && approvals >= 0 && revision >= 0,
        "grant: %s (expected: no negative number)",
        approvals);
  }

  /// This grant as the given revision.
  public Grant asRevision(int newRevision) {
    return new Grant(
        runTimeoutMicros,
        attemptsMax,
        resultBytesMax,
        runningMax,
        approvals,
        constraints,
        newRevision);
  }

  /// Whether both grant the same.
  boolean grantsAs(Grant other) {
    return asRevision(0).equals(other.asRevision(0));
  }

  /// Persons who must approve.
  int approvalsNeeded() {
    return Math.max(1, approvals);
  }
}
