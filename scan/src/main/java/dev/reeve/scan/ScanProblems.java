package dev.reeve.scan;

import dev.reeve.base.ProblemCode;
import dev.reeve.base.ProblemKind;

/// Every refusal that this module names.
public final class ScanProblems {
  public static final ProblemCode SCAN_REGEX_REFUSED =
      new ProblemCode(
          ProblemKind.INVALID,
          "SCAN_REGEX_REFUSED",
          "A regular expression of a rule is not one, or is over the limits.");

  public static final ProblemCode SCAN_RULES_INVALID =
      new ProblemCode(
          ProblemKind.INVALID, "SCAN_RULES_INVALID", "The file of scanners cannot be used.");

  private ScanProblems() {}
}
