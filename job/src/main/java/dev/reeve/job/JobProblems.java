package dev.reeve.job;

import dev.reeve.base.ProblemCode;
import dev.reeve.base.ProblemKind;

/// Every refusal and every end code that this module names.
public final class JobProblems {
  public static final ProblemCode JOB_ALREADY_FINISHED =
      new ProblemCode(
          ProblemKind.PRECONDITION,
          "JOB_ALREADY_FINISHED",
          "The job has ended; nothing can change it any more.");

  public static final ProblemCode JOB_NOT_HELD =
      new ProblemCode(
          ProblemKind.PRECONDITION, "JOB_NOT_HELD", "The job does not wait for an approval.");

  public static final ProblemCode APPROVAL_ALREADY_RESOLVED =
      new ProblemCode(
          ProblemKind.CONFLICT,
          "APPROVAL_ALREADY_RESOLVED",
          "Somebody has already approved or rejected the job.");

  public static final ProblemCode DISPATCH_FENCED =
      new ProblemCode(
          ProblemKind.PRECONDITION,
          "DISPATCH_FENCED",
          "The report belongs to an attempt that is no longer the current one.");

  public static final ProblemCode HELD_OUTPUT_REVIEWED =
      new ProblemCode(
          ProblemKind.PRECONDITION,
          "HELD_OUTPUT_REVIEWED",
          "A reviewer has released or deleted this output before.");

  public static final ProblemCode JOB_STATE_MISMATCH =
      new ProblemCode(
          ProblemKind.PRECONDITION,
          "JOB_STATE_MISMATCH",
          "The job is not in a state in which this can be done.");

  /// Codes with which a job can end. They stand in its terminal event.
  public static final String APPROVAL_REJECTED = "APPROVAL_REJECTED";

  public static final String APPROVAL_EXPIRED = "APPROVAL_EXPIRED";
  public static final String POLICY_DENIED = "POLICY_DENIED";

  /// Policy let it in, and a later policy took that back.
  public static final String POLICY_REVOKED = "POLICY_REVOKED";

  public static final String DEPENDENCY_FAILED = "DEPENDENCY_FAILED";
  public static final String DEADLINE_EXCEEDED = "DEADLINE_EXCEEDED";
  public static final String RUN_TIMEOUT = "RUN_TIMEOUT";
  public static final String OUTCOME_UNKNOWN = "OUTCOME_UNKNOWN";
  public static final String INTERRUPTED_TOO_OFTEN = "INTERRUPTED_TOO_OFTEN";
  public static final String THROTTLED_TOO_LONG = "THROTTLED_TOO_LONG";

  /// Who cancelled a running job that policy no longer permits.
  public static final String BY_POLICY = "reeve:policy";

  private JobProblems() {}
}
