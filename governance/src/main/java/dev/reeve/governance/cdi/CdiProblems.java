package dev.reeve.governance.cdi;

import dev.reeve.base.ProblemCode;
import dev.reeve.base.ProblemKind;

/// Every refusal of the decision point.
public final class CdiProblems {
  public static final ProblemCode CONSENT_STOP_ACTIVE =
      new ProblemCode(ProblemKind.DENIED, "CONSENT_STOP_ACTIVE", "Somebody who may has said stop.");

  public static final ProblemCode CONSENT_NOT_GRANTED =
      new ProblemCode(
          ProblemKind.DENIED, "CONSENT_NOT_GRANTED", "Somebody who may has said pause.");

  public static final ProblemCode GENOME_CAPABILITY_DENIED =
      new ProblemCode(
          ProblemKind.DENIED,
          "GENOME_CAPABILITY_DENIED",
          "The genome denies the action, or does not allow it.");

  public static final ProblemCode CDI_HIVE_FORBIDDEN =
      new ProblemCode(
          ProblemKind.DENIED,
          "CDI_HIVE_FORBIDDEN",
          "The action would merge agents, or let them act as one.");

  public static final ProblemCode CDI_ACTION_DENIED =
      new ProblemCode(
          ProblemKind.DENIED, "CDI_ACTION_DENIED", "A rule of the conscience refuses the action.");

  public static final ProblemCode UNCERTAIN_FAIL_CLOSED =
      new ProblemCode(
          ProblemKind.DENIED,
          "UNCERTAIN_FAIL_CLOSED",
          "It is not known who acts or what is done, so it is not done.");

  public static final ProblemCode CDI_OUTPUT_BLOCKED =
      new ProblemCode(
          ProblemKind.DENIED,
          "CDI_OUTPUT_BLOCKED",
          "The output claims something that no output may claim.");

  public static final ProblemCode ACTION_GATE_BYPASS_ATTEMPT =
      new ProblemCode(
          ProblemKind.DENIED,
          "ACTION_GATE_BYPASS_ATTEMPT",
          "A change reached its handler without a capability token that fits it.");

  public static final ProblemCode TOKEN_EXPIRED =
      new ProblemCode(
          ProblemKind.DENIED, "TOKEN_EXPIRED", "The capability token was not spent in time.");

  public static final ProblemCode TOKEN_REPLAYED =
      new ProblemCode(
          ProblemKind.DENIED, "TOKEN_REPLAYED", "The capability token was spent before.");

  private CdiProblems() {}
}
