package dev.reeve.gateway.beamline;

import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemException;
import dev.reeve.gateway.ProtoJson;
import dev.reeve.routing.ExtensionCaller;
import dev.reeve.routing.RouteCaller;
import dev.reeve.routing.RouteDecision;
import dev.reeve.routing.RouteOutcome;
import dev.reeve.routing.RouteQuestion;
import dev.reeve.routing.RouteRefusal;
import dev.reeve.routing.Router;
import dev.reeve.wire.beamline.flow.v1.RouteRequest;
import dev.reeve.wire.beamline.flow.v1.RouterGrpc;
import dev.reeve.wire.reeve.v1.ExplainRouteRequest;
import dev.reeve.wire.reeve.v1.RoutingServiceGrpc;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Routing requests and their answers as lines of JSON, for programs that decide without a server,
/// or ask one. A refusal is an answer like any other.
public final class RouteLines {
  private final RouteIntake intake;
  private final Router router;
  private final RandomGenerator random;

  /// @param random draws, for one thread
  public RouteLines(RouteIntake intake, Router router, RandomGenerator random) {
    this.intake = intake;
    this.router = router;
    this.random = random;
  }

  /// Decides; the answer is in the form of the request.
  public String decide(String line) {
    return answer(
        intake,
        line,
        accepted -> {
          RouteQuestion.Mode mode =
              accepted.request().getDryRun()
                  ? RouteQuestion.Mode.DRY_RUN
                  : RouteQuestion.Mode.DECIDE;
          return switch (outcome(accepted.request(), mode)) {
            case RouteDecision decision ->
                RouteReply.decision(accepted.address(), RouteDecisions.of(decision));
            case RouteRefusal refusal ->
                RouteReply.failure(accepted.address(), RouteFailures.of(refusal.toProblem()));
          };
        });
  }

  /// Decides without a trace, and says why: an `ExplainRouteResponse`.
  public String explain(String line) {
    return answer(
        intake,
        line,
        accepted ->
            ProtoJson.numbered(
                RouteExplanations.encode(outcome(accepted.request(), RouteQuestion.Mode.DRY_RUN))));
  }

  private RouteOutcome outcome(RouteRequest request, RouteQuestion.Mode mode) {
    RouteQuestion question = RouteQuestions.of(request, "", RouteCaller.OPERATOR, mode);
    return router.decide(
        RouteQuestions.withPayload(question, request), random, ExtensionCaller.NONE);
  }

  private static String answer(
      RouteIntake intake, String line, Function<RouteCall.Accepted, String> decide) {
    return switch (intake.read(Bytes.utf8(line), Map.of())) {
      case RouteCall.Refused refused -> RouteReply.failure(refused.address(), refused.failure());
      case RouteCall.Accepted accepted -> {
        try {
          yield decide.apply(accepted);
        } catch (ProblemException e) {
          yield RouteReply.failure(accepted.address(), RouteFailures.of(e.problem()));
        }
      }
    };
  }

  /// The router of a server, asked line by line. Blocks; throws what a gRPC stub throws when the
  /// server cannot be asked.
  public static final class OfServer {
    private final Channel channel;
    private final Duration callTimeout;
    private final RouteIntake intake = new RouteIntake(_ -> true, false, System::nanoTime);

    /// @param channel leads to the server
    /// @param callTimeout longest wait for one answer
    public OfServer(Channel channel, Duration callTimeout) {
      this.channel = channel;
      this.callTimeout = callTimeout;
    }

    /// Decides.
    public String decide(String line) {
      return answer(
          intake,
          line,
          accepted ->
              refused(
                  accepted.address(),
                  () ->
                      RouteReply.decision(
                          accepted.address(),
                          RouterGrpc.newBlockingStub(channel)
                              .withDeadlineAfter(callTimeout.toMillis(), TimeUnit.MILLISECONDS)
                              .decide(accepted.request()))));
    }

    /// Decides without a trace, and says why.
    public String explain(String line) {
      return answer(
          intake,
          line,
          accepted ->
              ProtoJson.numbered(
                  RoutingServiceGrpc.newBlockingStub(channel)
                      .withDeadlineAfter(callTimeout.toMillis(), TimeUnit.MILLISECONDS)
                      .explainRoute(
                          ExplainRouteRequest.newBuilder()
                              .setRequest(accepted.request())
                              .build())));
    }

    /// A refusal of the router is an answer; that nobody answers is not.
    private static String refused(RouteCall.Address address, Supplier<String> call) {
      try {
        return call.get();
      } catch (StatusRuntimeException e) {
        com.google.rpc.Status status = StatusProto.fromThrowable(e);
        if (status == null || status.getDetailsCount() == 0) {
          throw e;
        }
        return RouteReply.failure(address, BusFailures.of(status));
      }
    }
  }
}
