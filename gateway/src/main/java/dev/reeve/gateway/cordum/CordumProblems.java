package dev.reeve.gateway.cordum;

import dev.reeve.base.ProblemCode;
import dev.reeve.base.ProblemKind;
import dev.reeve.gateway.ProblemTable;

/// The refusals of the Cordum contract that the core does not name, and how its clients see all of
/// them.
public final class CordumProblems {
  public static final ProblemCode PROMPT_OVER_TIER_LIMIT =
      new ProblemCode(
          ProblemKind.DENIED,
          "PROMPT_OVER_TIER_LIMIT",
          "The prompt is longer than the tier allows.");

  public static final ProblemCode CROSS_TENANT_DENIED =
      new ProblemCode(
          ProblemKind.DENIED, "CROSS_TENANT_DENIED", "The job belongs to another tenant.");

  public static final ProblemCode IDEMPOTENT_JOB_GONE =
      new ProblemCode(
          ProblemKind.CONFLICT,
          "IDEMPOTENT_JOB_GONE",
          "The idempotency key is taken by a job that cannot be read.");

  /// Statuses follow the kinds; the contract asks for no other.
  static final ProblemTable TABLE =
      new ProblemTable() {
        @Override
        public String domain() {
          return "cordum.v1";
        }
      };

  private CordumProblems() {}
}
