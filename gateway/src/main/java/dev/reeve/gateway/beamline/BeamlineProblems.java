package dev.reeve.gateway.beamline;

import dev.reeve.base.Problem;
import dev.reeve.base.ProblemCode;
import dev.reeve.base.ProblemKind;
import dev.reeve.gateway.ProblemTable;
import dev.reeve.gateway.Statuses;
import dev.reeve.routing.RoutingProblems;
import io.grpc.Status;

/// The refusals of the BeamLine contract that neither the core nor the router names.
public final class BeamlineProblems {
  public static final ProblemCode SCHEMA_VALIDATION_FAILED =
      new ProblemCode(
          ProblemKind.INVALID,
          "SCHEMA_VALIDATION_FAILED",
          "The routing request is no JSON of a known form, or a member is missing or of another"
              + " type.");

  public static final ProblemCode VERSION_UNSUPPORTED =
      new ProblemCode(
          ProblemKind.INVALID,
          "VERSION_UNSUPPORTED",
          "The routing request is of a version that is not spoken here.");

  public static final ProblemCode CORRELATION_FIELDS_INVALID =
      new ProblemCode(
          ProblemKind.INVALID,
          "CORRELATION_FIELDS_INVALID",
          "A tenant, trace, run, flow or step id or an idempotency key of the routing request is"
              + " malformed.");

  public static final ProblemCode PAYLOAD_TOO_SMALL =
      new ProblemCode(
          ProblemKind.INVALID,
          "PAYLOAD_TOO_SMALL",
          "The inline payload of the routing request is too short to be one.");

  public static final ProblemCode IDEMPOTENCY_VIOLATION =
      new ProblemCode(
          ProblemKind.INVALID,
          "IDEMPOTENCY_VIOLATION",
          "The idempotency key was used for another task.");

  public static final ProblemCode INTERNAL_VALIDATION_ERROR =
      new ProblemCode(
          ProblemKind.INTERNAL,
          "INTERNAL_VALIDATION_ERROR",
          "The routing request could not be checked.");

  public static final ProblemCode MISSING_MESSAGE =
      new ProblemCode(
          ProblemKind.INVALID, "MISSING_MESSAGE", "The routing request has no message.");

  public static final ProblemCode MISSING_TENANT_ID =
      new ProblemCode(
          ProblemKind.INVALID, "MISSING_TENANT_ID", "The message to route names no tenant.");

  public static final ProblemCode DECISION_NOT_FOUND =
      new ProblemCode(
          ProblemKind.NOT_FOUND,
          "DECISION_NOT_FOUND",
          "No routing decision about that message is remembered; they are for a short time.");

  public static final ProblemCode DECISION_NOT_KEPT =
      new ProblemCode(
          ProblemKind.UNAVAILABLE,
          "DECISION_NOT_KEPT",
          "The decision could not be written down, so its work was not given away.");

  public static final ProblemCode SUBJECT_NOT_IMPLEMENTED =
      new ProblemCode(
          ProblemKind.UNIMPLEMENTED,
          "SUBJECT_NOT_IMPLEMENTED",
          "The subject is part of the contract and nothing here answers it.");

  /// Section 1.1 of the contract: a provider's or an extension's silence is UNAVAILABLE.
  static final ProblemTable TABLE =
      new ProblemTable() {
        @Override
        public String domain() {
          return "beamline.flow.v1";
        }

        @Override
        public String reason(Problem problem) {
          return problem.code().equals(RoutingProblems.ROUTE_POLICY_INVALID)
              ? "INVALID_POLICY"
              : RouteFailures.contractReason(problem.reason());
        }

        @Override
        public Status.Code status(Problem problem) {
          return problem.code().equals(RoutingProblems.ROUTE_EXTENSION_TIMEOUT)
              ? Status.Code.UNAVAILABLE
              : Statuses.codeOf(problem.kind());
        }
      };

  private BeamlineProblems() {}
}
