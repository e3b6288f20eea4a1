package dev.reeve.gateway;

import dev.reeve.base.ProblemCode;
import dev.reeve.base.ProblemKind;

/// Every refusal that the chain and the listeners name.
public final class GatewayProblems {
  public static final ProblemCode UNREGISTERED_ACTION =
      new ProblemCode(
          ProblemKind.DENIED, "UNREGISTERED_ACTION", "The method has no registered action.");

  public static final ProblemCode CREDENTIAL_REQUIRED =
      new ProblemCode(
          ProblemKind.UNAUTHENTICATED,
          "CREDENTIAL_REQUIRED",
          "Only the operator of this machine may call without a credential.");

  public static final ProblemCode TENANT_INVALID =
      new ProblemCode(ProblemKind.INVALID, "TENANT_INVALID", "The named tenant is not an id.");

  public static final ProblemCode REQUEST_INVALID =
      new ProblemCode(
          ProblemKind.INVALID,
          "REQUEST_INVALID",
          "Fields of the request are missing, malformed or out of bounds; each is named.");

  public static final ProblemCode TENANT_FORBIDDEN =
      new ProblemCode(
          ProblemKind.DENIED, "TENANT_FORBIDDEN", "The caller may not act for the named tenant.");

  public static final ProblemCode REQUEST_TOO_LARGE =
      new ProblemCode(
          ProblemKind.EXHAUSTED,
          "REQUEST_TOO_LARGE",
          "The request is larger than its action allows.");

  public static final ProblemCode REQUEST_TOO_COMPLEX =
      new ProblemCode(
          ProblemKind.INVALID,
          "REQUEST_TOO_COMPLEX",
          "The request has more or deeper parts than a request may have.");

  public static final ProblemCode CALLS_EXHAUSTED =
      new ProblemCode(
          ProblemKind.EXHAUSTED, "CALLS_EXHAUSTED", "More calls are in progress than may be.");

  public static final ProblemCode ACCESS_DENIED =
      new ProblemCode(
          ProblemKind.DENIED, "ACCESS_DENIED", "The caller's role may not use this method.");

  public static final ProblemCode CAPABILITY_NOT_YET =
      new ProblemCode(
          ProblemKind.UNIMPLEMENTED,
          "CAPABILITY_NOT_YET",
          "The method is declared and its capability is not built yet.");

  public static final ProblemCode LISTEN_REFUSED =
      new ProblemCode(
          ProblemKind.PRECONDITION,
          "LISTEN_REFUSED",
          "Without credentials the server listens on loopback only.");

  public static final ProblemCode PORT_TAKEN =
      new ProblemCode(
          ProblemKind.UNAVAILABLE, "PORT_TAKEN", "Another process listens on this port.");

  private GatewayProblems() {}
}
