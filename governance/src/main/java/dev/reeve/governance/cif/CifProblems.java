package dev.reeve.governance.cif;

import dev.reeve.base.ProblemCode;
import dev.reeve.base.ProblemKind;

/// Every refusal at the boundary.
public final class CifProblems {
  public static final ProblemCode CIF_INGRESS_BLOCKED =
      new ProblemCode(
          ProblemKind.INVALID,
          "CIF_INGRESS_BLOCKED",
          "The request is larger, deeper or longer than the boundary lets in.");

  public static final ProblemCode CIF_QUARANTINED =
      new ProblemCode(
          ProblemKind.INVALID,
          "CIF_QUARANTINED",
          "The request holds something suspicious; it was refused and put aside.");

  public static final ProblemCode CIF_RATE_LIMITED =
      new ProblemCode(
          ProblemKind.EXHAUSTED, "CIF_RATE_LIMITED", "The client sends more than it may.");

  public static final ProblemCode CIF_EGRESS_BLOCKED =
      new ProblemCode(
          ProblemKind.DENIED,
          "CIF_EGRESS_BLOCKED",
          "The response is larger than may leave, or holds data that may not.");

  public static final ProblemCode CIF_LEAK_DETECTED =
      new ProblemCode(ProblemKind.DENIED, "CIF_LEAK_DETECTED", "The response holds a secret.");

  private CifProblems() {}
}
