package dev.reeve.gateway.beamline.worker;

import dev.reeve.base.ProblemCode;
import dev.reeve.base.ProblemKind;

/// Every refusal around BeamLine workers.
public final class ExecProblems {
  public static final ProblemCode ASSIGNMENT_INVALID =
      new ProblemCode(
          ProblemKind.INVALID,
          "ASSIGNMENT_INVALID",
          "Work that shall be given to a BeamLine worker is out of bounds.");

  public static final ProblemCode WORKER_MESSAGE_INVALID =
      new ProblemCode(
          ProblemKind.INVALID,
          "WORKER_MESSAGE_INVALID",
          "A message of a BeamLine worker is not what its subject expects.");

  private ExecProblems() {}
}
