package dev.reeve.server;

import dev.reeve.base.ProblemCode;
import dev.reeve.base.ProblemKind;

/// Every refusal to start, or to go on, that the composition root names.
public final class ServerProblems {
  public static final ProblemCode CONFIG_INVALID =
      new ProblemCode(
          ProblemKind.INVALID,
          "CONFIG_INVALID",
          "The configuration cannot be used; every problem is listed.");

  public static final ProblemCode POLICY_FILE_UNREADABLE =
      new ProblemCode(
          ProblemKind.PRECONDITION,
          "POLICY_FILE_UNREADABLE",
          "The policy file is missing or cannot be read.");

  public static final ProblemCode POLICY_FILE_NOT_WRITABLE =
      new ProblemCode(
          ProblemKind.PRECONDITION,
          "POLICY_FILE_NOT_WRITABLE",
          "The default policy could not be written into the data directory.");

  private ServerProblems() {}
}
