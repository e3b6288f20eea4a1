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

  private LedgerProblems() {}
}
