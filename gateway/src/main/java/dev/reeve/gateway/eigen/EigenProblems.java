package dev.reeve.gateway.eigen;

import dev.reeve.base.ProblemCode;
import dev.reeve.base.ProblemKind;

/// The refusals that only this dialect makes; those of the core get their Eigen names in
/// [EigenProblemTable].
public final class EigenProblems {
  public static final ProblemCode EIGEN_PUBLIC_VALIDATION_FAILED =
      new ProblemCode(
          ProblemKind.INVALID,
          "EIGEN_PUBLIC_VALIDATION_FAILED",
          "A field of an Eigen request is missing or out of bounds.");

  public static final ProblemCode EIGEN_PUBLIC_CONTRACT_VERSION_MALFORMED =
      new ProblemCode(
          ProblemKind.INVALID,
          "EIGEN_PUBLIC_CONTRACT_VERSION_MALFORMED",
          "The contract version of an Eigen request is not a semantic version.");

  public static final ProblemCode EIGEN_PUBLIC_CONTRACT_VERSION_UNSUPPORTED =
      new ProblemCode(
          ProblemKind.PRECONDITION,
          "EIGEN_PUBLIC_CONTRACT_VERSION_UNSUPPORTED",
          "The contract version of an Eigen request is not one that is spoken here.");

  public static final ProblemCode EIGEN_PUBLIC_PAYLOAD_LIMIT_EXCEEDED =
      new ProblemCode(
          ProblemKind.EXHAUSTED,
          "EIGEN_PUBLIC_PAYLOAD_LIMIT_EXCEEDED",
          "A part of an Eigen submit is larger than its contract allows.");

  public static final ProblemCode EIGEN_PUBLIC_RESERVATION_CONFLICT =
      new ProblemCode(
          ProblemKind.PRECONDITION,
          "EIGEN_PUBLIC_RESERVATION_CONFLICT",
          "The named reservation is expired, unknown or somebody else's.");

  public static final ProblemCode EIGEN_PUBLIC_EXPLAIN_INVALID_REQUEST =
      new ProblemCode(
          ProblemKind.INVALID,
          "EIGEN_PUBLIC_EXPLAIN_INVALID_REQUEST",
          "A dispatch rationale was asked for without a job id.");

  public static final ProblemCode EIGEN_PUBLIC_EXPLAIN_DECISION_NOT_FOUND =
      new ProblemCode(
          ProblemKind.NOT_FOUND,
          "EIGEN_PUBLIC_EXPLAIN_DECISION_NOT_FOUND",
          "No such job, so no decision to explain.");

  public static final ProblemCode EIGEN_PUBLIC_EXPLAIN_NOT_READY =
      new ProblemCode(
          ProblemKind.PRECONDITION,
          "EIGEN_PUBLIC_EXPLAIN_NOT_READY",
          "The job was not dispatched, so there is no decision to explain.");

  public static final ProblemCode EIGEN_TENANT_DENIED =
      new ProblemCode(
          ProblemKind.DENIED,
          "EIGEN_TENANT_DENIED",
          "The caller may not act for the tenant that the envelope names.");

  public static final ProblemCode EIGEN_OPT_INVALID_AQO =
      new ProblemCode(
          ProblemKind.INVALID,
          "EIGEN_OPT_INVALID_AQO",
          "The circuit of a request to the optimizer is not AQO.");

  private EigenProblems() {}
}
