package dev.reeve.routing;

import dev.reeve.base.ProblemCode;

/// Why no provider was named. The wire name is the contract's code in JSON replies; the reason is
/// its finer name, which the contract's table of gRPC statuses uses.
public enum RefusalCode {
  INVALID_REQUEST("invalid_request", "invalid_request"),
  POLICY_NOT_FOUND("policy_not_found", "policy_not_found"),
  NO_PROVIDER_AVAILABLE("decision_failed", "no_provider_available"),
  DEADLINE_PASSED("decision_failed", "timeout"),
  RATE_LIMIT_EXCEEDED("rate_limit_exceeded", "rate_limit_exceeded"),
  QUOTA_EXCEEDED("quota_exceeded", "quota_exceeded"),
  BUDGET_EXCEEDED("budget_exceeded", "budget_exceeded"),
  VALIDATOR_BLOCKED("validator_blocked", "validator_blocked"),
  EXTENSION_NOT_FOUND("extension_not_found", "extension_not_found"),
  EXTENSION_TIMEOUT("extension_timeout", "extension_timeout"),
  EXTENSION_UNAVAILABLE("extension_unavailable", "extension_unavailable"),
  EXTENSION_ERROR("extension_error", "extension_error"),
  POST_PROCESSOR_FAILED("post_processor_failed", "post_processor_failed");

  private final String wireName;
  private final String reason;

  RefusalCode(String wireName, String reason) {
    this.wireName = wireName;
    this.reason = reason;
  }

  /// `error.code` of a JSON reply.
  public String wireName() {
    return wireName;
  }

  /// The finer name, by which gRPC statuses go.
  public String reason() {
    return reason;
  }

  /// The house's own code.
  public ProblemCode problem() {
    return switch (this) {
      case INVALID_REQUEST -> RoutingProblems.ROUTE_REQUEST_INVALID;
      case POLICY_NOT_FOUND -> RoutingProblems.ROUTE_POLICY_NOT_FOUND;
      case NO_PROVIDER_AVAILABLE -> RoutingProblems.ROUTE_NO_PROVIDER;
      case DEADLINE_PASSED -> RoutingProblems.ROUTE_DEADLINE_PASSED;
      case RATE_LIMIT_EXCEEDED -> RoutingProblems.ROUTE_RATE_LIMIT_EXCEEDED;
      case QUOTA_EXCEEDED -> RoutingProblems.ROUTE_QUOTA_EXCEEDED;
      case BUDGET_EXCEEDED -> RoutingProblems.ROUTE_BUDGET_EXCEEDED;
      case VALIDATOR_BLOCKED -> RoutingProblems.ROUTE_VALIDATOR_BLOCKED;
      case EXTENSION_NOT_FOUND -> RoutingProblems.ROUTE_EXTENSION_NOT_FOUND;
      case EXTENSION_TIMEOUT -> RoutingProblems.ROUTE_EXTENSION_TIMEOUT;
      case EXTENSION_UNAVAILABLE -> RoutingProblems.ROUTE_EXTENSION_UNAVAILABLE;
      case EXTENSION_ERROR -> RoutingProblems.ROUTE_EXTENSION_ERROR;
      case POST_PROCESSOR_FAILED -> RoutingProblems.ROUTE_POST_PROCESSOR_FAILED;
    };
  }
}
