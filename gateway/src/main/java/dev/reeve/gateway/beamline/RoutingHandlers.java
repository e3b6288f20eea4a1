package dev.reeve.gateway.beamline;

import com.google.protobuf.util.Timestamps;
import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import dev.reeve.engine.Answer;
import dev.reeve.gateway.CallScope;
import dev.reeve.gateway.Replies;
import dev.reeve.gateway.RequestHash;
import dev.reeve.routing.BreakerView;
import dev.reeve.routing.PolicyComplexity;
import dev.reeve.routing.RouteOutcome;
import dev.reeve.routing.RouteQuestion;
import dev.reeve.service.route.DecideRoute;
import dev.reeve.wire.beamline.flow.v1.RouteDecision;
import dev.reeve.wire.reeve.v1.Breaker;
import dev.reeve.wire.reeve.v1.ExplainRouteRequest;
import dev.reeve.wire.reeve.v1.ExplainRouteResponse;
import dev.reeve.wire.reeve.v1.ExtensionHealth;
import dev.reeve.wire.reeve.v1.GetBackpressureRequest;
import dev.reeve.wire.reeve.v1.GetBackpressureResponse;
import dev.reeve.wire.reeve.v1.GetPolicyComplexityRequest;
import dev.reeve.wire.reeve.v1.GetPolicyComplexityResponse;
import dev.reeve.wire.reeve.v1.GetRouteDecisionRequest;
import dev.reeve.wire.reeve.v1.GetRouteDecisionResponse;
import dev.reeve.wire.reeve.v1.ListBreakersRequest;
import dev.reeve.wire.reeve.v1.ListBreakersResponse;
import dev.reeve.wire.reeve.v1.ListExtensionHealthRequest;
import dev.reeve.wire.reeve.v1.ListExtensionHealthResponse;
import dev.reeve.wire.reeve.v1.RoutingServiceGrpc;
import io.grpc.stub.StreamObserver;
import java.util.Optional;

/// What of `reeve.v1.RoutingService` shows how the router decides and how it is. Its policies are
/// kept by [RoutePolicyHandlers].
class RoutingHandlers extends RoutingServiceGrpc.RoutingServiceImplBase {
  private final BeamlinePorts ports;
  private final Replies replies;

  RoutingHandlers(BeamlinePorts ports, Replies replies) {
    this.ports = ports;
    this.replies = replies;
  }

  @Override
  public void explainRoute(
      ExplainRouteRequest request, StreamObserver<ExplainRouteResponse> observer) {
    CallScope scope = CallScope.current();
    DecideRoute.Question question;
    try {
      RouteQuestion route =
          RouteQuestions.withPayload(
              RouteQuestions.of(
                  request.getRequest(),
                  RouteCallers.correlationId(scope),
                  RouteCallers.of(scope),
                  RouteQuestion.Mode.DRY_RUN),
              request.getRequest());
      question =
          new DecideRoute.Question(
              ports.tenants().caller(scope.caller(), "message.tenant_id", route.tenantId()),
              scope.action().id(),
              route,
              RequestHash.of(request));
    } catch (ProblemException e) {
      replies.fail(observer, e.problem());
      return;
    }
    ports
        .decide()
        .decide(
            question,
            new Answer<>() {
              @Override
              public void done(RouteOutcome outcome) {
                replies.send(observer, () -> RouteExplanations.encode(outcome));
              }

              @Override
              public void refused(Problem problem) {
                replies.fail(observer, problem);
              }
            });
  }

  @Override
  public void getPolicyComplexity(
      GetPolicyComplexityRequest request, StreamObserver<GetPolicyComplexityResponse> observer) {
    CallScope scope = CallScope.current();
    replies.send(
        observer,
        () -> {
          PolicyComplexity of =
              RoutePolicyViews.find(
                      ports, tenant(scope, request.getTenantId()), request.getPolicyId())
                  .complexity();
          return GetPolicyComplexityResponse.newBuilder()
              .setTotal(of.total())
              .setPre(of.pre())
              .setValidators(of.validators())
              .setPost(of.post())
              .setScore(of.score())
              .setLevel(of.level())
              .setLatencyMs(of.latencyMs())
              .build();
        });
  }

  @Override
  public void getRouteDecision(
      GetRouteDecisionRequest request, StreamObserver<GetRouteDecisionResponse> observer) {
    CallScope scope = CallScope.current();
    replies.send(
        observer,
        () ->
            recent(scope, request)
                .map(found -> GetRouteDecisionResponse.newBuilder().setDecision(found).build())
                .orElseThrow(() ->
                    BeamlineProblems.DECISION_NOT_FOUND
                        .field("message_id", request.getMessageId(), "a message decided lately")
                        .toException()));
  }

  /// Whoever may send on the bus may name any tenant there, and the contract's own request names
  /// none.
  private Optional<RouteDecision> recent(CallScope scope, GetRouteDecisionRequest request) {
    return scope.caller().isOnBus() && request.getTenantId().isEmpty()
        ? ports.recent().findOnly(request.getMessageId())
        : ports.recent().find(tenant(scope, request.getTenantId()), request.getMessageId());
  }

  @Override
  public void listBreakers(
      ListBreakersRequest request, StreamObserver<ListBreakersResponse> observer) {
    CallScope scope = CallScope.current();
    replies.send(
        observer,
        () -> {
          ListBreakersResponse.Builder all = ListBreakersResponse.newBuilder();
          for (BreakerView view : ports.router().breakers(tenant(scope, request.getTenantId()))) {
            all.addBreakers(
                Breaker.newBuilder()
                    .setTenantId(view.tenantId())
                    .setProviderId(view.providerId())
                    .setState(view.state().wireName())
                    .setFailuresInRow(view.failuresInRow())
                    .setSamples(view.samples())
                    .setErrorRate(view.errorRate())
                    .setRemainingMs(view.remainingMs())
                    .setReason(view.reason()));
          }
          return all.build();
        });
  }

  @Override
  public void listExtensionHealth(
      ListExtensionHealthRequest request, StreamObserver<ListExtensionHealthResponse> observer) {
    replies.send(
        observer,
        () -> {
          ListExtensionHealthResponse.Builder all = ListExtensionHealthResponse.newBuilder();
          for (ExtensionStatistics.View view : ports.extensions().all()) {
            all.addExtensions(
                ExtensionHealth.newBuilder()
                    .setExtensionId(view.id())
                    .setStatus(view.status())
                    .setSuccessRate(view.successRate())
                    .setCalls(view.calls())
                    .setP50Ms(view.p50Ms())
                    .setP95Ms(view.p95Ms())
                    .setP99Ms(view.p99Ms())
                    .setLastCalledAt(Timestamps.fromMillis(view.lastMillis())));
          }
          return all.build();
        });
  }

  @Override
  public void getBackpressure(
      GetBackpressureRequest request, StreamObserver<GetBackpressureResponse> observer) {
    replies.send(
        observer,
        () -> {
          String subject = request.getSubject().isEmpty() ? RouterBus.DECIDE : request.getSubject();
          GetBackpressureResponse.Builder load =
              GetBackpressureResponse.newBuilder()
                  .setSubject(subject)
                  .setTimestampMs(ports.clock().millis());
          return ports
              .load()
              .of(subject)
              .map(now ->
                  load.setStatus(now.status())
                      .setPendingMessages(now.pending())
                      .setLatencyP95Ms(now.p95Ms())
                      .setInflightMessages(now.inFlight()))
              .orElseGet(() -> load.setStatus("unknown"))
              .build();
        });
  }

  private String tenant(CallScope scope, String tenantId) {
    return ports.tenants().caller(scope.caller(), "tenant_id", tenantId).tenant();
  }
}
