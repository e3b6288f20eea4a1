package dev.reeve.service.decider;

import dev.reeve.base.ProblemCode;
import dev.reeve.base.ProblemKind;

/// Every refusal around deciders outside of this process.
public final class DeciderProblems {
  public static final ProblemCode DECIDER_UNAVAILABLE =
      new ProblemCode(
          ProblemKind.UNAVAILABLE,
          "DECIDER_UNAVAILABLE",
          "A decider that must be asked does not answer, and its fail mode is closed.");

  public static final ProblemCode DECIDER_BUSY =
      new ProblemCode(
          ProblemKind.EXHAUSTED,
          "DECIDER_BUSY",
          "A decider that must be asked takes no more calls at once.");

  public static final ProblemCode DECIDER_OUT_OF_TIME =
      new ProblemCode(
          ProblemKind.TIMEOUT,
          "DECIDER_OUT_OF_TIME",
          "The caller's deadline passed before a decider that must be asked had answered.");

  public static final ProblemCode DECIDER_CALL_CANCELLED =
      new ProblemCode(
          ProblemKind.CANCELLED,
          "DECIDER_CALL_CANCELLED",
          "The caller went away before a decider that must be asked had answered.");

  private DeciderProblems() {}
}
