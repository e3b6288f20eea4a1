package dev.reeve.server.audit;

import dev.reeve.base.ProblemCode;
import dev.reeve.base.ProblemKind;

/// Every refusal for the sake of the audit log that stops a start or an offline command.
public final class AuditProblems {
  public static final ProblemCode AUDIT_ROLLED_BACK =
      new ProblemCode(
          ProblemKind.PRECONDITION,
          "AUDIT_ROLLED_BACK",
          "The database lacks receipts that were signed: it was restored from an older state.");

  public static final ProblemCode AUDIT_INCONSISTENT =
      new ProblemCode(
          ProblemKind.INTERNAL,
          "AUDIT_INCONSISTENT",
          "The receipts in the database are not those that were signed.");

  public static final ProblemCode AUDIT_KEYS_UNUSABLE =
      new ProblemCode(
          ProblemKind.PRECONDITION,
          "AUDIT_KEYS_UNUSABLE",
          "The audit keys or the signed head beside the data cannot be read or written.");

  public static final ProblemCode AUDIT_DATA_UNREADABLE =
      new ProblemCode(
          ProblemKind.PRECONDITION,
          "AUDIT_DATA_UNREADABLE",
          "The database of the audit log is not there or cannot be read.");

  private AuditProblems() {}
}
