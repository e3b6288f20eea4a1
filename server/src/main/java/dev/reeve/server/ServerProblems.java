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

  public static final ProblemCode POLICY_NOT_ENFORCED =
      new ProblemCode(
          ProblemKind.PRECONDITION,
          "POLICY_NOT_ENFORCED",
          "The policy asks for something that this version cannot enforce.");

  public static final ProblemCode POLICY_SIGNATURE_INVALID =
      new ProblemCode(
          ProblemKind.PRECONDITION,
          "POLICY_SIGNATURE_INVALID",
          "A policy file has no good signature, and one is asked for.");

  public static final ProblemCode POLICY_NOT_RECORDED =
      new ProblemCode(
          ProblemKind.UNAVAILABLE,
          "POLICY_NOT_RECORDED",
          "A changed policy waits until its text and its receipt can be written.");

  public static final ProblemCode POLICY_FILE_NOT_WRITABLE =
      new ProblemCode(
          ProblemKind.PRECONDITION,
          "POLICY_FILE_NOT_WRITABLE",
          "The default policy could not be written into the data directory.");

  public static final ProblemCode SCANNERS_FILE_UNREADABLE =
      new ProblemCode(
          ProblemKind.PRECONDITION,
          "SCANNERS_FILE_UNREADABLE",
          "The file with scanners of the user is missing or cannot be read.");

  public static final ProblemCode RESERVATIONS_UNREADABLE =
      new ProblemCode(
          ProblemKind.PRECONDITION,
          "RESERVATIONS_UNREADABLE",
          "The file that keeps the reservations of devices cannot be read.");

  public static final ProblemCode KNOWLEDGE_UNREADABLE =
      new ProblemCode(
          ProblemKind.PRECONDITION,
          "KNOWLEDGE_UNREADABLE",
          "The file that keeps the knowledge base cannot be read.");

  public static final ProblemCode CONSENT_UNREADABLE =
      new ProblemCode(
          ProblemKind.PRECONDITION,
          "CONSENT_UNREADABLE",
          "The file with the consent that stands cannot be read.");

  public static final ProblemCode ROUTE_POLICIES_UNREADABLE =
      new ProblemCode(
          ProblemKind.PRECONDITION,
          "ROUTE_POLICIES_UNREADABLE",
          "The routing policies of the data directory, or of the folder, cannot be read.");

  public static final ProblemCode KEYS_FILE_INVALID =
      new ProblemCode(
          ProblemKind.INVALID,
          "KEYS_FILE_INVALID",
          "The file with the keys of callers is not usable.");

  public static final ProblemCode POOLS_FILE_INVALID =
      new ProblemCode(
          ProblemKind.INVALID,
          "POOLS_FILE_INVALID",
          "The file with the worker pools is not usable.");

  public static final ProblemCode GATE_RULES_UNREADABLE =
      new ProblemCode(
          ProblemKind.PRECONDITION,
          "GATE_RULES_UNREADABLE",
          "A rule pack or the key of the gate is missing or is not what it should be.");

  public static final ProblemCode DATA_IN_USE =
      new ProblemCode(
          ProblemKind.PRECONDITION, "DATA_IN_USE", "Another process owns the data directory.");

  public static final ProblemCode DATA_NEWER =
      new ProblemCode(
          ProblemKind.PRECONDITION, "DATA_NEWER", "The data was written by a newer version.");

  public static final ProblemCode DATA_DAMAGED =
      new ProblemCode(ProblemKind.INTERNAL, "DATA_DAMAGED", "The data is not what was written.");

  public static final ProblemCode STORE_NOT_REACHABLE =
      new ProblemCode(
          ProblemKind.PRECONDITION, "STORE_NOT_REACHABLE", "The store cannot be opened.");

  private ServerProblems() {}
}
