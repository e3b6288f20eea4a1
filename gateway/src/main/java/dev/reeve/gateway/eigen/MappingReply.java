package dev.reeve.gateway.eigen;

import dev.reeve.service.optimizer.MappingAnswer;
import dev.reeve.service.optimizer.MappingCandidate;
import dev.reeve.service.optimizer.MappingRequest;
import dev.reeve.wire.eigen.internal.v1.OptimizedCandidate;
import dev.reeve.wire.eigen.internal.v1.OptimizerError;
import dev.reeve.wire.eigen.internal.v1.OptimizerReasonCode;
import dev.reeve.wire.eigen.internal.v1.OptimizerServiceOptimizeCircuitRequest;
import dev.reeve.wire.eigen.internal.v1.OptimizerServiceOptimizeCircuitResponse;
import dev.reeve.wire.eigen.internal.v1.ScoreBreakdown;

/// What was found, as the contract says it. Where no candidate may be offered the reason is in
/// `error`, and the caller goes on with its own circuit.
record MappingReply(
    OptimizerServiceOptimizeCircuitRequest request, MappingRequest mapping, MappingAnswer answer) {
  /// Changes with what candidates and scores are made of.
  private static final String MODEL = "reeve-mapper-1";

  OptimizerServiceOptimizeCircuitResponse response() {
    OptimizerServiceOptimizeCircuitResponse.Builder response =
        OptimizerServiceOptimizeCircuitResponse.newBuilder()
            .setRequestId(request.getRequestId())
            .setModelVersion(MODEL)
            .setDeterministicSeed(mapping.seed())
            .setTraceId(request.getTraceContextOrDefault("trace_id", ""))
            .setOptimizerLatencyMs(millis(answer.mappingMicros() + answer.scoringMicros()))
            .setMappingLatencyMs(millis(answer.mappingMicros()))
            .setScoringLatencyMs(millis(answer.scoringMicros()))
            .setOptimizerDigest(answer.digest());
    answer.candidates().forEach(candidate -> response.addCandidates(candidate(candidate)));
    if (answer.candidates().isEmpty()) {
      return refused(response).build();
    }
    MappingCandidate best = answer.candidates().getFirst();
    return response
        .setSelectedCandidateId(best.id())
        .setConfidenceScore(best.confidence())
        .setExplanationRef("inline:" + best.id())
        .setClassificationLabel(best.confidence() < 1 ? "Recommendation" : "Optimization")
        .build();
  }

  private OptimizerServiceOptimizeCircuitResponse.Builder refused(
      OptimizerServiceOptimizeCircuitResponse.Builder response) {
    OptimizerReasonCode code =
        switch (answer.reason()) {
          case NONE -> throw new IllegalStateException("no candidate, and no reason");
          case TIMEOUT -> OptimizerReasonCode.OPTIMIZER_REASON_CODE_TIMEOUT;
          case POLICY_REJECTED -> OptimizerReasonCode.OPTIMIZER_REASON_CODE_POLICY_REJECTED;
          case CONFIDENCE_TOO_LOW -> OptimizerReasonCode.OPTIMIZER_REASON_CODE_CONFIDENCE_TOO_LOW;
        };
    boolean again = answer.reason() == MappingAnswer.Reason.TIMEOUT;
    return response
        .setFallbackUsed(true)
        .setFallbackReason(answer.message())
        .setFallbackReasonCode("EIGEN_OPT_" + answer.reason().name())
        .setClassificationLabel("Informational")
        .setError(
            OptimizerError.newBuilder()
                .setReasonCode(code)
                .setMessage(answer.message())
                .setRetrySemantics(again ? "RETRY_WITH_BACKOFF" : "NEVER"));
  }

  private OptimizedCandidate candidate(MappingCandidate candidate) {
    MappingCandidate.Score score = candidate.score();
    return OptimizedCandidate.newBuilder()
        .setCandidateId(candidate.id())
        .setMappedAqo(OptimizerCalls.payload(candidate.mapped(), request.getInputAqo()))
        .setScore(
            ScoreBreakdown.newBuilder()
                .setTotalScore(score.total())
                .setLatencyScore(score.latency())
                .setFidelityScore(score.fidelity())
                .setResourceScore(score.resource())
                .setRiskScore(score.risk()))
        .setConfidence(candidate.confidence())
        .setExplainabilitySummary(candidate.summary())
        .putAllMetadata(candidate.facts())
        .putMetadata("aqo_sha256", candidate.mapped().sha256())
        .putMetadata("optimizer.objective", mapping.objective().preset())
        .putMetadata("optimizer.candidate_budget", Integer.toString(mapping.budget()))
        .putMetadata("optimizer.timeout_ms", Long.toString(mapping.timeout().toMillis()))
        .putMetadata("optimizer.timed_out", Boolean.toString(answer.timedOut()))
        .build();
  }

  private static int millis(long micros) {
    return (int) Math.min(Integer.MAX_VALUE, micros / 1_000);
  }
}
