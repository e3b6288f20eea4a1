package dev.reeve.routing;

import dev.reeve.base.ProblemCode;
import dev.reeve.base.ProblemKind;

/// Every refusal that this module names.
public final class RoutingProblems {
  public static final ProblemCode ROUTE_BUDGET_EXCEEDED =
      new ProblemCode(
          ProblemKind.EXHAUSTED,
          "ROUTE_BUDGET_EXCEEDED",
          "The money that a routing policy grants for a time is spent.");

  public static final ProblemCode ROUTE_DEADLINE_PASSED =
      new ProblemCode(
          ProblemKind.UNAVAILABLE,
          "ROUTE_DEADLINE_PASSED",
          "The deadline in the request's context passed before a provider was chosen.");

  public static final ProblemCode ROUTE_EXTENSION_ERROR =
      new ProblemCode(
          ProblemKind.INTERNAL,
          "ROUTE_EXTENSION_ERROR",
          "An extension that a routing policy requires answered with an error.");

  public static final ProblemCode ROUTE_EXTENSION_NOT_FOUND =
      new ProblemCode(
          ProblemKind.NOT_FOUND,
          "ROUTE_EXTENSION_NOT_FOUND",
          "An extension that a routing policy requires is not registered or switched off.");

  public static final ProblemCode ROUTE_EXTENSION_TIMEOUT =
      new ProblemCode(
          ProblemKind.TIMEOUT,
          "ROUTE_EXTENSION_TIMEOUT",
          "An extension that a routing policy requires did not answer in time.");

  public static final ProblemCode ROUTE_EXTENSION_UNAVAILABLE =
      new ProblemCode(
          ProblemKind.UNAVAILABLE,
          "ROUTE_EXTENSION_UNAVAILABLE",
          "An extension that a routing policy requires cannot be reached.");

  public static final ProblemCode ROUTE_NO_PROVIDER =
      new ProblemCode(
          ProblemKind.INTERNAL,
          "ROUTE_NO_PROVIDER",
          "No provider of the routing policy can take the call; the message says why not.");

  public static final ProblemCode ROUTE_POLICY_INVALID =
      new ProblemCode(
          ProblemKind.INVALID,
          "ROUTE_POLICY_INVALID",
          "A routing policy cannot be used; each problem is listed with its path.");

  public static final ProblemCode ROUTE_POLICY_LIMIT =
      new ProblemCode(
          ProblemKind.EXHAUSTED,
          "ROUTE_POLICY_LIMIT",
          "The tenant has as many routing policies as one may have.");

  public static final ProblemCode ROUTE_POLICY_NOT_FOUND =
      new ProblemCode(
          ProblemKind.NOT_FOUND,
          "ROUTE_POLICY_NOT_FOUND",
          "The tenant has no routing policy, or no version of it, by that name.");

  public static final ProblemCode ROUTE_POST_PROCESSOR_FAILED =
      new ProblemCode(
          ProblemKind.INTERNAL,
          "ROUTE_POST_PROCESSOR_FAILED",
          "A required post-processor of the routing policy failed.");

  public static final ProblemCode ROUTE_QUOTA_EXCEEDED =
      new ProblemCode(
          ProblemKind.EXHAUSTED,
          "ROUTE_QUOTA_EXCEEDED",
          "The requests or tokens that a routing policy grants for a time are used up.");

  public static final ProblemCode ROUTE_RATE_LIMIT_EXCEEDED =
      new ProblemCode(
          ProblemKind.EXHAUSTED,
          "ROUTE_RATE_LIMIT_EXCEEDED",
          "More routing decisions were asked for than a rate limit lets through.");

  public static final ProblemCode ROUTE_REQUEST_INVALID =
      new ProblemCode(
          ProblemKind.INVALID, "ROUTE_REQUEST_INVALID", "The routing request lacks something.");

  public static final ProblemCode ROUTE_VALIDATOR_BLOCKED =
      new ProblemCode(
          ProblemKind.DENIED,
          "ROUTE_VALIDATOR_BLOCKED",
          "A validator of the routing policy rejected the request.");

  private RoutingProblems() {}
}
