package dev.reeve.gateway.beamline;

import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import dev.reeve.engine.Answer;
import dev.reeve.gateway.CallScope;
import dev.reeve.gateway.GatewayServices;
import dev.reeve.gateway.Replies;
import dev.reeve.gateway.RequestHash;
import dev.reeve.routing.RouteOutcome;
import dev.reeve.routing.RouteQuestion;
import dev.reeve.routing.RouteRefusal;
import dev.reeve.service.route.DecideRoute;
import dev.reeve.wire.beamline.flow.v1.RouteDecision;
import dev.reeve.wire.beamline.flow.v1.RouteRequest;
import dev.reeve.wire.beamline.flow.v1.RouterGrpc;
import io.grpc.stub.StreamObserver;

/// `beamline.flow.v1.Router`. Decides on the event loop, unless the policy calls extensions.
final class RouterHandlers extends RouterGrpc.RouterImplBase {
  private final GatewayServices services;
  private final BeamlinePorts ports;
  private final Replies replies;

  RouterHandlers(GatewayServices services, BeamlinePorts ports, Replies replies) {
    this.services = services;
    this.ports = ports;
    this.replies = replies;
  }

  @Override
  public void decide(RouteRequest request, StreamObserver<RouteDecision> observer) {
    DecideRoute.Question question;
    boolean blocks;
    try {
      RouteQuestion.Mode mode =
          request.getDryRun() ? RouteQuestion.Mode.DRY_RUN : RouteQuestion.Mode.DECIDE;
      question = question(CallScope.current(), request, mode);
      blocks = ports.decide().mayBlock(question.route());
    } catch (ProblemException e) {
      replies.fail(observer, e.problem());
      return;
    }
    Answer<RouteOutcome> answer = answer(request, observer);
    if (blocks) {
      DecideRoute.Question whole =
          new DecideRoute.Question(
              question.caller(),
              question.action(),
              RouteQuestions.withPayload(question.route(), request),
              question.hash());
      services.blocking().execute(() -> decideGuarded(whole, answer));
    } else {
      ports.decide().decide(question, answer);
    }
  }

  private DecideRoute.Question question(
      CallScope scope, RouteRequest request, RouteQuestion.Mode mode) {
    RouteQuestion route =
        RouteQuestions.of(request, RouteCallers.correlationId(scope), RouteCallers.of(scope), mode);
    return new DecideRoute.Question(
        ports.tenants().caller(scope.caller(), "message.tenant_id", route.tenantId()),
        scope.action().id(),
        route,
        RequestHash.of(request, scope));
  }

  private void decideGuarded(DecideRoute.Question question, Answer<RouteOutcome> answer) {
    try {
      ports.decide().decide(question, answer);
    } catch (ProblemException e) {
      answer.refused(e.problem());
    }
  }

  private Answer<RouteOutcome> answer(
      RouteRequest request, StreamObserver<RouteDecision> observer) {
    long began = System.nanoTime();
    ports.load().began();
    return new Answer<>() {
      @Override
      public void done(RouteOutcome outcome) {
        ports.load().ended(System.nanoTime() - began);
        switch (outcome) {
          case dev.reeve.routing.RouteDecision decision ->
              replies.send(observer, () -> decided(request, decision));
          case RouteRefusal refusal -> replies.fail(observer, refusal.toProblem());
        }
      }

      @Override
      public void refused(Problem problem) {
        ports.load().ended(System.nanoTime() - began);
        replies.fail(observer, problem);
      }
    };
  }

  private RouteDecision decided(RouteRequest request, dev.reeve.routing.RouteDecision decision) {
    RouteDecision wire = RouteDecisions.of(decision);
    if (!request.getDryRun()) {
      ports
          .recent()
          .add(request.getMessage().getTenantId(), request.getMessage().getMessageId(), wire);
    }
    return wire;
  }
}
