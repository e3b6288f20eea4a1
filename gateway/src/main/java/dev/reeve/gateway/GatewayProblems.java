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

  public static final ProblemCode CREDENTIAL_INVALID =
      new ProblemCode(
          ProblemKind.UNAUTHENTICATED,
          "CREDENTIAL_INVALID",
          "The key of the call is not one of the server's, or is over.");

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

  public static final ProblemCode POLICY_SNAPSHOT_NOT_FOUND =
      new ProblemCode(
          ProblemKind.NOT_FOUND,
          "POLICY_SNAPSHOT_NOT_FOUND",
          "No policy of this id was in force here, or so long ago that its text is not kept.");

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

  public static final ProblemCode JSON_INVALID =
      new ProblemCode(
          ProblemKind.INVALID, "JSON_INVALID", "The body is not the JSON form of the request.");

  public static final ProblemCode ROUTE_NOT_FOUND =
      new ProblemCode(ProblemKind.NOT_FOUND, "ROUTE_NOT_FOUND", "Nothing is served at this path.");

  public static final ProblemCode HTTP_METHOD_REFUSED =
      new ProblemCode(
          ProblemKind.INVALID, "HTTP_METHOD_REFUSED", "The path takes another HTTP method.");

  public static final ProblemCode MEDIA_TYPE_REFUSED =
      new ProblemCode(
          ProblemKind.INVALID, "MEDIA_TYPE_REFUSED", "Requests are sent as application/json.");

  public static final ProblemCode ORIGIN_REFUSED =
      new ProblemCode(
          ProblemKind.DENIED,
          "ORIGIN_REFUSED",
          "A web page of another origin, or a foreign host name, may not call this server.");

  public static final ProblemCode HEADER_INVALID =
      new ProblemCode(
          ProblemKind.INVALID, "HEADER_INVALID", "A request header has a value it may not have.");

  public static final ProblemCode STREAM_NEEDS_GRPC =
      new ProblemCode(
          ProblemKind.UNIMPLEMENTED,
          "STREAM_NEEDS_GRPC",
          "The method takes a stream of requests, which plain HTTP cannot carry.");

  public static final ProblemCode HTTP_REFUSED =
      new ProblemCode(
          ProblemKind.INVALID, "HTTP_REFUSED", "The request breaks a bound or a rule of HTTP.");

  public static final ProblemCode SERVER_STOPPING =
      new ProblemCode(
          ProblemKind.UNAVAILABLE,
          "SERVER_STOPPING",
          "The server is stopping; a stream goes on at another, or here after the restart.");

  public static final ProblemCode RATE_EXHAUSTED =
      new ProblemCode(
          ProblemKind.EXHAUSTED, "RATE_EXHAUSTED", "More calls in a short time than one may make.");

  public static final ProblemCode REQUEST_MALFORMED =
      new ProblemCode(
          ProblemKind.INVALID, "REQUEST_MALFORMED", "The bytes are not a message of this type.");

  private GatewayProblems() {}
}
