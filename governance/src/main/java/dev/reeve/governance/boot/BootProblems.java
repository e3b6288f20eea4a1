package dev.reeve.governance.boot;

import dev.reeve.base.ProblemCode;
import dev.reeve.base.ProblemKind;

/// Why nothing governed runs, apart from the genome itself.
public final class BootProblems {
  public static final ProblemCode TREATY_UNAVAILABLE =
      unavailable("TREATY_UNAVAILABLE", "The treaty is missing, unreadable or of another version.");

  public static final ProblemCode GOVERNANCE_INIT_FAILED =
      unavailable("GOVERNANCE_INIT_FAILED", "Governance is not set up, or not yet.");

  public static final ProblemCode HEARTBEAT_FAIL_CLOSED =
      unavailable(
          "HEARTBEAT_FAIL_CLOSED",
          "A check of the heartbeat failed, or none was made yet; `failed_checks` names them.");

  public static final ProblemCode POSTURE_VIOLATION =
      unavailable("POSTURE_VIOLATION", "The posture of the server does not let this action pass.");

  public static final ProblemCode POSTURE_LOCKED =
      new ProblemCode(
          ProblemKind.PRECONDITION,
          "POSTURE_LOCKED",
          "The posture is locked until an administrator unlocks it.");

  private BootProblems() {}

  private static ProblemCode unavailable(String reason, String meaning) {
    return new ProblemCode(ProblemKind.UNAVAILABLE, reason, meaning);
  }
}
