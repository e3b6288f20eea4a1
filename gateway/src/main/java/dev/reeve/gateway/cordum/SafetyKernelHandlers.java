package dev.reeve.gateway.cordum;

import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import dev.reeve.engine.Answer;
import dev.reeve.gateway.CallScope;
import dev.reeve.gateway.GatewayServices;
import dev.reeve.gateway.PolicyCheckEncoder;
import dev.reeve.gateway.PolicyQuestions;
import dev.reeve.gateway.Replies;
import dev.reeve.policy.PolicyDecision;
import dev.reeve.policy.PolicyExplanation;
import dev.reeve.policy.RuleTrace;
import dev.reeve.service.PolicyHistory;
import dev.reeve.service.SafetyKernel;
import dev.reeve.wire.cordum.agent.v1.ListSnapshotsRequest;
import dev.reeve.wire.cordum.agent.v1.ListSnapshotsResponse;
import dev.reeve.wire.cordum.agent.v1.PolicyCheckRequest;
import dev.reeve.wire.cordum.agent.v1.PolicyCheckResponse;
import dev.reeve.wire.cordum.agent.v1.SafetyKernelGrpc;
import io.grpc.stub.StreamObserver;
import java.util.function.BiConsumer;
import java.util.function.Function;

/// `cordum.agent.v1.SafetyKernel`. Checks run on the event loop; those with much content to look
/// into do not.
final class SafetyKernelHandlers extends SafetyKernelGrpc.SafetyKernelImplBase {
  private static final int INLINE_CONTENT_BYTES_MAX = 4 * 1024;

  /// As the contract has it; `reeve.v1.PolicyService` lists all that are kept.
  private static final int SNAPSHOTS_MAX = 10;

  private final GatewayServices services;
  private final Replies replies;
  private final PolicyAnswers answers = new PolicyAnswers();

  SafetyKernelHandlers(GatewayServices services, Replies replies) {
    this.services = services;
    this.replies = replies;
  }

  @Override
  public void check(PolicyCheckRequest request, StreamObserver<PolicyCheckResponse> observer) {
    decide(request, observer, services.kernel()::check);
  }

  @Override
  public void evaluate(PolicyCheckRequest request, StreamObserver<PolicyCheckResponse> observer) {
    decide(request, observer, services.kernel()::check);
  }

  @Override
  public void simulate(PolicyCheckRequest request, StreamObserver<PolicyCheckResponse> observer) {
    decide(request, observer, services.kernel()::simulate);
  }

  /// The rules that do not fit may be about another tenant: the operator alone hears of those.
  @Override
  public void explain(PolicyCheckRequest request, StreamObserver<PolicyCheckResponse> observer) {
    boolean whole = CallScope.current().caller().localOperator();
    ask(
        request,
        observer,
        services.kernel()::explain,
        (PolicyExplanation explanation) ->
            PolicyCheckEncoder.encode(
                explanation.decision(),
                request.getJobId(),
                explanation.trace().stream()
                    .filter(step -> whole || step.outcome() != RuleTrace.Outcome.NO_MATCH)
                    .toList()));
  }

  @Override
  public void listSnapshots(
      ListSnapshotsRequest request, StreamObserver<ListSnapshotsResponse> observer) {
    replies.send(
        observer,
        () ->
            ListSnapshotsResponse.newBuilder()
                .addAllSnapshots(
                    services.kernel().history().newestFirst().stream()
                        .limit(SNAPSHOTS_MAX)
                        .map(PolicyHistory.Entry::snapshot)
                        .toList())
                .build());
  }

  private void decide(
      PolicyCheckRequest request,
      StreamObserver<PolicyCheckResponse> observer,
      BiConsumer<SafetyKernel.Question, Answer<PolicyDecision>> kernel) {
    ask(request, observer, kernel, decision -> answers.of(decision, request.getJobId()));
  }

  private <T> void ask(
      PolicyCheckRequest request,
      StreamObserver<PolicyCheckResponse> observer,
      BiConsumer<SafetyKernel.Question, Answer<T>> kernel,
      Function<T, PolicyCheckResponse> encode) {
    SafetyKernel.Question question;
    try {
      question = PolicyQuestions.of(CallScope.current(), request, request);
    } catch (ProblemException e) {
      replies.fail(observer, e.problem());
      return;
    }
    Answer<T> answer = answer(observer, encode);
    if (request.getInputContent().size() > INLINE_CONTENT_BYTES_MAX) {
      services.blocking().execute(() -> kernel.accept(question, answer));
    } else {
      kernel.accept(question, answer);
    }
  }

  private <T> Answer<T> answer(
      StreamObserver<PolicyCheckResponse> observer, Function<T, PolicyCheckResponse> encode) {
    return new Answer<>() {
      @Override
      public void done(T value) {
        replies.send(observer, () -> encode.apply(value));
      }

      @Override
      public void refused(Problem problem) {
        replies.fail(observer, problem);
      }
    };
  }
}
