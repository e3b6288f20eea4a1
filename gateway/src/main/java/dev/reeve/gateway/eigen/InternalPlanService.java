package dev.reeve.gateway.eigen;

import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import dev.reeve.gateway.CallScope;
import dev.reeve.gateway.Replies;
import dev.reeve.service.ServiceProblems;
import dev.reeve.service.optimizer.PlanScore;
import dev.reeve.wire.eigen.internal.v1.AdvisoryDecision;
import dev.reeve.wire.eigen.internal.v1.NeuroSymbolicRequestContext;
import dev.reeve.wire.eigen.internal.v1.NeuroSymbolicServiceGrpc;
import dev.reeve.wire.eigen.internal.v1.ScoreCompilationPlanRequest;
import dev.reeve.wire.eigen.internal.v1.ScoreCompilationPlanResponse;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// `eigen.internal.v1.NeuroSymbolicService`: scores plans from their own figures. Never blocks.
final class InternalPlanService implements NeuroSymbolicServiceGrpc.AsyncService {
  private final Replies replies;

  InternalPlanService(Replies replies) {
    this.replies = replies;
  }

  @Override
  public void scoreCompilationPlan(
      ScoreCompilationPlanRequest request, StreamObserver<ScoreCompilationPlanResponse> observer) {
    replies.reply(
        observer, () -> CompletableFuture.completedFuture(answer(request)), Function.identity());
  }

  private static ScoreCompilationPlanResponse answer(ScoreCompilationPlanRequest request) {
    NeuroSymbolicRequestContext context = request.getContext();
    CallGate.Admitted _ =
        CallGate.admit(
            CallScope.current(),
            new CallEnvelope(
                "context",
                request.getEnvelope().getContractVersion(),
                "",
                Optional.empty(),
                context.getTenantId(),
                context.getProjectId()));
    Bytes features = Bytes.wrap(request.getFeatureVector().toByteArray());
    String digest = Sha256.of(features).hex();
    if (!request.getFeatureDigestSha256().isEmpty()
        && !request.getFeatureDigestSha256().equals(digest)) {
      throw ServiceProblems.OPTIMIZER_REQUEST_INVALID
          .field("feature_digest_sha256", request.getFeatureDigestSha256(), digest)
          .toException();
    }
    PlanScore score = PlanScore.of(features);
    return ScoreCompilationPlanResponse.newBuilder()
        .setContractVersion(CallGate.CONTRACT_VERSION)
        .setRequestId(context.getRequestId())
        .setTenantId(context.getTenantId())
        .setProjectId(context.getProjectId())
        .setFeatureSchemaVersion(context.getFeatureSchemaVersion())
        .setPolicySnapshotVersion(context.getPolicySnapshotVersion())
        .setModelVersion(PlanScore.MODEL)
        .setDecision(decision(score.advice()))
        .setScore(score.score())
        .setConfidence(score.confidence())
        .setExplanationRef(score.explanation())
        .setReplayDigest(score.digest(features, request.getDeterministicSeed()).hex())
        .setDeterministicCompatible(true)
        .setSubjectId(context.getSubjectId())
        .setWorkloadId(context.getWorkloadId())
        .setAuthzDecisionId(context.getAuthzDecisionId())
        .build();
  }

  private static AdvisoryDecision decision(PlanScore.Advice advice) {
    return switch (advice) {
      case ACCEPT -> AdvisoryDecision.ADVISORY_DECISION_ACCEPT;
      case REVIEW -> AdvisoryDecision.ADVISORY_DECISION_REVIEW;
      case REJECT -> AdvisoryDecision.ADVISORY_DECISION_REJECT;
    };
  }
}
