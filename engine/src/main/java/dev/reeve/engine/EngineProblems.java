package dev.reeve.engine;

import dev.reeve.base.ProblemCode;
import dev.reeve.base.ProblemKind;

/// Every refusal that the engine names.
public final class EngineProblems {
  public static final ProblemCode STORE_UNAVAILABLE =
      new ProblemCode(
          ProblemKind.UNAVAILABLE,
          "STORE_UNAVAILABLE",
          "The store does not answer; nothing was changed.");

  public static final ProblemCode STORE_FULL =
      new ProblemCode(
          ProblemKind.UNAVAILABLE,
          "STORE_FULL",
          "The store has no space left; nothing was changed. Cancels and finishes still go"
              + " through.");

  public static final ProblemCode OWNERSHIP_LOST =
      new ProblemCode(
          ProblemKind.UNAVAILABLE,
          "OWNERSHIP_LOST",
          "Another node writes this log now; nothing was changed here.");

  public static final ProblemCode COMMIT_UNKNOWN =
      new ProblemCode(
          ProblemKind.UNAVAILABLE,
          "COMMIT_UNKNOWN",
          "The store failed while the call was written and another node took the log over; whether"
              + " it happened is known there.");

  public static final ProblemCode STORE_DAMAGED =
      new ProblemCode(
          ProblemKind.UNAVAILABLE,
          "STORE_DAMAGED",
          "The stored data is not what this node wrote; it writes nothing more.");

  public static final ProblemCode WRITER_STOPPED =
      new ProblemCode(
          ProblemKind.UNAVAILABLE,
          "WRITER_STOPPED",
          "The writer of this node stopped because of a defect; a restart reads everything anew.");

  public static final ProblemCode COMMAND_DEFECT =
      new ProblemCode(
          ProblemKind.INTERNAL,
          "COMMAND_DEFECT",
          "The call could not be decided because of a defect; nothing was changed.");

  public static final ProblemCode WRITER_BUSY =
      new ProblemCode(
          ProblemKind.EXHAUSTED, "WRITER_BUSY", "More commands wait than the writer may hold.");

  public static final ProblemCode SHUTTING_DOWN =
      new ProblemCode(
          ProblemKind.UNAVAILABLE,
          "SHUTTING_DOWN",
          "The server is stopping; try another or later.");

  public static final ProblemCode PERMIT_STALE =
      new ProblemCode(
          ProblemKind.UNAVAILABLE,
          "PERMIT_STALE",
          "The rules changed while the call was decided; prepare it again.");

  public static final ProblemCode RATES_FULL =
      new ProblemCode(
          ProblemKind.EXHAUSTED,
          "RATES_FULL",
          "More requests count against the rates of policy than can be remembered.");

  public static final ProblemCode BACKLOG_FULL =
      new ProblemCode(
          ProblemKind.EXHAUSTED,
          "BACKLOG_FULL",
          "The log or the tenant holds as many unfinished jobs as it may.");

  public static final ProblemCode JOB_NOT_FOUND =
      new ProblemCode(ProblemKind.NOT_FOUND, "JOB_NOT_FOUND", "No such job for this tenant.");

  public static final ProblemCode JOB_ID_TAKEN =
      new ProblemCode(
          ProblemKind.CONFLICT, "JOB_ID_TAKEN", "The given job id belongs to another job.");

  public static final ProblemCode IDEMPOTENCY_CONFLICT =
      new ProblemCode(
          ProblemKind.PRECONDITION,
          "IDEMPOTENCY_CONFLICT",
          "The idempotency key was used with another request.");

  public static final ProblemCode DEPENDENCY_NOT_FOUND =
      new ProblemCode(
          ProblemKind.INVALID,
          "DEPENDENCY_NOT_FOUND",
          "A job named as a dependency does not exist.");

  private EngineProblems() {}
}
