package dev.reeve.policy;

import dev.reeve.base.ProblemCode;
import dev.reeve.base.ProblemKind;

/// Every refusal that this module names.
public final class PolicyProblems {
  public static final ProblemCode APPROVAL_NOT_ACTIONABLE =
      new ProblemCode(
          ProblemKind.CONFLICT,
          "APPROVAL_NOT_ACTIONABLE",
          "The time for a decision about the job has passed.");

  public static final ProblemCode APPROVAL_STALE_REQUEST =
      new ProblemCode(
          ProblemKind.CONFLICT,
          "APPROVAL_STALE_REQUEST",
          "The held request is not the one that was shown for approval.");

  public static final ProblemCode APPROVAL_STALE_SNAPSHOT =
      new ProblemCode(
          ProblemKind.CONFLICT,
          "APPROVAL_STALE_SNAPSHOT",
          "The policy changed while the request waited, and now denies it.");

  public static final ProblemCode POLICY_DENIED =
      new ProblemCode(ProblemKind.DENIED, "POLICY_DENIED", "A rule of the policy said no.");

  public static final ProblemCode POLICY_FILE_INVALID =
      new ProblemCode(
          ProblemKind.INVALID,
          "POLICY_FILE_INVALID",
          "The policy file cannot be used; each problem is listed with its line and column.");

  public static final ProblemCode POLICY_THROTTLED =
      new ProblemCode(
          ProblemKind.EXHAUSTED,
          "POLICY_THROTTLED",
          "A rule of the policy says that this is too often; ask again later.");

  public static final ProblemCode SELF_APPROVAL_DENIED =
      new ProblemCode(
          ProblemKind.DENIED,
          "SELF_APPROVAL_DENIED",
          "Nobody may approve or reject a request of their own.");

  private PolicyProblems() {}
}
