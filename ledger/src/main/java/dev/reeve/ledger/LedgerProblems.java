package dev.reeve.ledger;

import dev.reeve.base.ProblemCode;
import dev.reeve.base.ProblemKind;

/// Every refusal that this module names.
public final class LedgerProblems {
  public static final ProblemCode LEAF_INDEX_OUT_OF_RANGE =
      new ProblemCode(
          ProblemKind.OUT_OF_RANGE,
          "LEAF_INDEX_OUT_OF_RANGE",
          "The audit log has no receipt with this number at the given size.");

  public static final ProblemCode TREE_SIZE_OUT_OF_RANGE =
      new ProblemCode(
          ProblemKind.OUT_OF_RANGE,
          "TREE_SIZE_OUT_OF_RANGE",
          "The audit log never had this many receipts.");

  public static final ProblemCode AUDIT_DAMAGED =
      new ProblemCode(
          ProblemKind.INTERNAL,
          "AUDIT_DAMAGED",
          "An entry of the audit log is not what was written; the first one is named.");

  public static final ProblemCode HEAD_NOT_SIGNED =
      new ProblemCode(
          ProblemKind.UNAVAILABLE,
          "HEAD_NOT_SIGNED",
          "The newest receipts are committed and their tree head is not signed yet.");

  public static final ProblemCode CHECKPOINT_NOT_COMPARABLE =
      new ProblemCode(
          ProblemKind.INVALID,
          "CHECKPOINT_NOT_COMPARABLE",
          "The kept checkpoint says nothing about what is verified here.");

  private LedgerProblems() {}
}
