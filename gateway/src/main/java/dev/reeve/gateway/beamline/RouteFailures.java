package dev.reeve.gateway.beamline;

import dev.reeve.base.Problem;
import dev.reeve.gateway.Statuses;
import dev.reeve.routing.RefusalCode;
import io.grpc.Status;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Names refusals in the words of the BeamLine contract.
final class RouteFailures {
  private static final Set<String> INTAKE =
      Set.of(
          "SCHEMA_VALIDATION_FAILED",
          "VERSION_UNSUPPORTED",
          "CORRELATION_FIELDS_INVALID",
          "PAYLOAD_TOO_SMALL",
          "TENANT_FORBIDDEN",
          "IDEMPOTENCY_VIOLATION",
          "INTERNAL_VALIDATION_ERROR");

  /// The router's refusals by our name for them and by the contract's in capitals.
  private static final Map<String, RefusalCode> ROUTER = routerCodes();

  private RouteFailures() {}

  static RouteFailure of(Problem problem) {
    return of(
        problem.reason(), Statuses.codeOf(problem.kind()), problem.message(), problem.metadata());
  }

  /// @param reason in capitals
  /// @param status of a gRPC answer
  static RouteFailure of(
      String reason, Status.Code status, String message, Map<String, String> metadata) {
    RefusalCode known = ROUTER.get(reason);
    Map<String, String> details = new TreeMap<>(metadata);
    details.putIfAbsent("reason", known == null ? reason : known.reason());
    return new RouteFailure(
        known == null ? code(reason, status) : known.wireName(),
        message,
        details,
        INTAKE.contains(reason) ? reason : "");
  }

  /// The contract's name of a refusal of the router, in capitals; any other name as it is.
  static String contractReason(String reason) {
    RefusalCode known = ROUTER.get(reason);
    return known == null ? reason : capitals(known);
  }

  private static String capitals(RefusalCode code) {
    return code.reason().toUpperCase(Locale.ROOT);
  }

  private static Map<String, RefusalCode> routerCodes() {
    Map<String, RefusalCode> codes = new HashMap<>();
    for (RefusalCode code : RefusalCode.values()) {
      codes.put(code.problem().reason(), code);
      codes.put(capitals(code), code);
    }
    return Map.copyOf(codes);
  }

  private static String code(String reason, Status.Code status) {
    return switch (status) {
      case INVALID_ARGUMENT, OUT_OF_RANGE, FAILED_PRECONDITION, ALREADY_EXISTS -> "invalid_request";
      case UNAUTHENTICATED -> "unauthorized";
      case PERMISSION_DENIED -> reason.equals("TENANT_FORBIDDEN") ? "unauthorized" : "denied";
      case NOT_FOUND -> "not_found";
      case RESOURCE_EXHAUSTED -> "rate_limit_exceeded";
      case UNAVAILABLE -> "service_down";
      case DEADLINE_EXCEEDED, CANCELLED -> "timeout";
      case UNIMPLEMENTED -> "not_implemented";
      case INTERNAL, UNKNOWN, DATA_LOSS, ABORTED, OK -> "internal";
    };
  }
}
