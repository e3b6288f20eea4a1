package dev.reeve.gateway.beamline;

import dev.reeve.base.Problem;
import dev.reeve.base.Text;
import dev.reeve.gateway.GatewayProblems;
import dev.reeve.gateway.ProblemJson;
import dev.reeve.gateway.ProblemTable;
import dev.reeve.gateway.RestApi;
import dev.reeve.gateway.Statuses;
import dev.reeve.wire.beamline.flow.v1.RouteDecision;
import dev.reeve.wire.beamline.flow.v1.RouterGrpc;
import dev.reeve.wire.reeve.v1.GetRouteDecisionRequest;
import dev.reeve.wire.reeve.v1.RoutingServiceGrpc;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// The routes of the C gateway's HTTP surface (section 5 of the contract): a decision, and one that
/// was made lately. Requests and answers are those of the bus, in all three forms.
final class BeamlineRest implements RestApi {
  private static final String DECIDE = "decide";

  private final RouteIntake intake;
  private final InstantSource clock;

  BeamlineRest(RouteIntake intake, InstantSource clock) {
    this.intake = intake;
    this.clock = clock;
  }

  @Override
  public String prefix() {
    return "/api/v1/routes/";
  }

  @Override
  public Map<String, String> methods() {
    return Map.of(
        "/api/v1/routes/decide", RouterGrpc.getDecideMethod().getFullMethodName(),
        "/api/v1/routes/decide/{message_id}",
            RoutingServiceGrpc.getGetRouteDecisionMethod().getFullMethodName());
  }

  @Override
  public CompletableFuture<Answer> serve(Request request, Calls calls) {
    boolean one = request.path().startsWith(DECIDE + "/");
    if (request.method().equals("POST") && request.path().equals(DECIDE)) {
      return decide(request, calls);
    }
    return request.method().equals("GET") && one
        ? decided(request.path().substring(DECIDE.length() + 1), request, calls)
        : CompletableFuture.completedFuture(unknown(request));
  }

  private CompletableFuture<Answer> decide(Request request, Calls calls) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("tenant_id", request.tenantId());
    headers.put("trace_id", request.traceId());
    return switch (intake.readWithoutKey(request.body(), headers)) {
      case RouteCall.Refused refused ->
          CompletableFuture.completedFuture(failure(refused.address(), refused.failure()));
      case RouteCall.Accepted accepted when accepted.push().isPresent() ->
          CompletableFuture.completedFuture(
              failure(
                  accepted.address(),
                  RouteFailures.of(
                      BeamlineProblems.SUBJECT_NOT_IMPLEMENTED
                          .because("push_assignment: true (expected: false; the bus assigns work)")
                          .with("field", "push_assignment"))));
      case RouteCall.Accepted accepted ->
          answered(
              accepted.address(),
              calls
                  .call(RouterGrpc.getDecideMethod(), accepted.request())
                  .thenApply(decision -> decided(accepted, decision)));
    };
  }

  /// Whoever was refused the decision has taken no key.
  private Answer decided(RouteCall.Accepted accepted, RouteDecision decision) {
    return intake
        .takeKey(accepted)
        .map(failure -> failure(accepted.address(), failure))
        .orElseGet(() -> Answer.json(200, RouteReply.decision(accepted.address(), decision)));
  }

  private CompletableFuture<Answer> decided(String id, Request request, Calls calls) {
    RouteCall.Address address = new RouteCall.Address(RouteForm.GATEWAY, id, request.traceId());
    return answered(
        address,
        calls
            .call(
                RoutingServiceGrpc.getGetRouteDecisionMethod(),
                GetRouteDecisionRequest.newBuilder()
                    .setTenantId(request.tenantId())
                    .setMessageId(id)
                    .build())
            .thenApply(
                found -> Answer.json(200, RouteReply.decision(address, found.getDecision()))));
  }

  /// A refusal has the ids of its request.
  private CompletableFuture<Answer> answered(
      RouteCall.Address address, CompletableFuture<Answer> answer) {
    return answer.exceptionallyCompose(failure -> {
      Throwable cause = failure.getCause() == null ? failure : failure.getCause();
      return cause instanceof CallRefused refused
          ? CompletableFuture.completedFuture(failure(address, BusFailures.of(refused.status())))
          : CompletableFuture.failedFuture(cause);
    });
  }

  private Answer unknown(Request request) {
    Problem problem =
        GatewayProblems.ROUTE_NOT_FOUND.because(
            request.method()
                + " "
                + Text.quoteForMessage("/api/v1/routes/" + request.path())
                + " (expected: POST decide, GET decide/MESSAGE_ID)");
    return refused(RouteCall.Address.NONE, problem);
  }

  @Override
  public Answer refusal(com.google.rpc.Status status, int httpStatus) {
    return failure(httpStatus, RouteCall.Address.NONE, BusFailures.of(status));
  }

  private Answer refused(RouteCall.Address address, Problem problem) {
    com.google.rpc.Status status = Statuses.proto(problem, ProblemTable.OWN);
    return failure(
        ProblemJson.httpStatus(ProblemJson.code(status)), address, BusFailures.of(status));
  }

  private Answer failure(RouteCall.Address address, RouteFailure failure) {
    return failure(httpStatus(failure.code()), address, failure);
  }

  private Answer failure(int status, RouteCall.Address address, RouteFailure failure) {
    return Answer.json(status, RouteReply.failure(address, failure), headers(status, failure));
  }

  /// When to ask again, in the words of the contract (section 5).
  private Map<String, String> headers(int status, RouteFailure failure) {
    String waitMs = failure.details().get("retry_after_ms");
    if (waitMs == null) {
      return Map.of();
    }
    long waitSeconds = (Long.parseLong(waitMs) + 999) / 1_000;
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("retry-after", Long.toString(waitSeconds));
    if (status == 429) {
      headers.put("x-ratelimit-remaining", "0");
      headers.put(
          "x-ratelimit-reset", Long.toString(clock.instant().getEpochSecond() + waitSeconds));
      if (failure.details().containsKey("limit")) {
        headers.put("x-ratelimit-limit", failure.details().get("limit"));
      }
    }
    return headers;
  }

  private static int httpStatus(String code) {
    return switch (code) {
      case "invalid_request" -> 400;
      case "unauthorized" -> 401;
      case "denied", "validator_blocked" -> 403;
      case "not_found", "policy_not_found", "extension_not_found" -> 404;
      case "rate_limit_exceeded", "quota_exceeded", "budget_exceeded" -> 429;
      case "not_implemented" -> 501;
      case "service_down", "extension_unavailable" -> 503;
      case "timeout", "extension_timeout" -> 504;
      default -> 500;
    };
  }
}
