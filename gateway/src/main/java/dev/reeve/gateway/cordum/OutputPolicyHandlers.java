package dev.reeve.gateway.cordum;

import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.base.Sha256;
import dev.reeve.engine.Answer;
import dev.reeve.gateway.CallScope;
import dev.reeve.gateway.FieldChecks;
import dev.reeve.gateway.GatewayProblems;
import dev.reeve.gateway.GatewayServices;
import dev.reeve.gateway.Replies;
import dev.reeve.gateway.TenantChoice;
import dev.reeve.ledger.Receipt;
import dev.reeve.policy.OutputVerdict;
import dev.reeve.service.Caller;
import dev.reeve.service.CheckOutput;
import dev.reeve.service.OutputReview;
import dev.reeve.wire.cordum.v1.OutputCheckRequest;
import dev.reeve.wire.cordum.v1.OutputCheckResponse;
import dev.reeve.wire.cordum.v1.OutputPolicyServiceGrpc;
import io.grpc.stub.StreamObserver;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// `cordum.v1.OutputPolicyService`. Does not block: large contents go to the CPU pool, pointers to
/// a thread that may wait. The receipt is written before the answer.
final class OutputPolicyHandlers extends OutputPolicyServiceGrpc.OutputPolicyServiceImplBase {
  private static final int ID_LENGTH_MAX = 256;

  private final GatewayServices services;
  private final Replies replies;

  OutputPolicyHandlers(GatewayServices services, Replies replies) {
    this.services = services;
    this.replies = replies;
  }

  @Override
  public void checkOutput(
      OutputCheckRequest request, StreamObserver<OutputCheckResponse> observer) {
    CallScope scope = CallScope.current();
    replies.reply(observer, () -> check(scope, request), Function.identity());
  }

  private CompletableFuture<OutputCheckResponse> check(
      CallScope scope, OutputCheckRequest request) {
    Caller caller = TenantChoice.of(scope.caller(), "tenant", request.getTenant());
    new FieldChecks(GatewayProblems.REQUEST_INVALID)
        .text("job_id", request.getJobId(), ID_LENGTH_MAX)
        .throwIfAny();
    return services
        .outputs()
        .checkSoon(OutputCheckDecoder.decode(request, caller.tenant()))
        .thenCompose(checked -> recorded(caller, scope.action().id(), request, checked));
  }

  private CompletableFuture<OutputCheckResponse> recorded(
      Caller caller, String action, OutputCheckRequest request, CheckOutput.Checked checked) {
    OutputVerdict verdict = checked.verdict();
    OutputReview.Ruling ruling =
        new OutputReview.Ruling(verdict.ruleId(), verdict.reason(), verdict.snapshot());
    Receipt receipt =
        Receipt.of(action, verdict.action().name().toLowerCase(Locale.ROOT))
            .withSubject(caller.tenant(), request.getJobId(), caller.principal())
            .withRule(ruling.ruleId(), ruling.reason(), ruling.snapshot())
            .withInput(Sha256.of(Bytes.wrap(request.toByteArray())));
    CompletableFuture<OutputCheckResponse> answer = new CompletableFuture<>();
    services
        .checks()
        .record(
            receipt,
            new Answer<>() {
              @Override
              public void done(Boolean written) {
                answer.complete(OutputCheckEncoder.encode(checked));
              }

              @Override
              public void refused(Problem problem) {
                answer.completeExceptionally(problem.toException());
              }
            });
    return answer;
  }
}
