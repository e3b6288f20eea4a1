package dev.reeve.gateway.eigen;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.reeve.wire.eigen.internal.v1.CircuitFormat;
import dev.reeve.wire.eigen.internal.v1.CircuitPayload;
import dev.reeve.wire.eigen.internal.v1.OptimizedCandidate;
import dev.reeve.wire.eigen.internal.v1.OptimizerPolicy;
import dev.reeve.wire.eigen.internal.v1.OptimizerReasonCode;
import dev.reeve.wire.eigen.internal.v1.OptimizerServiceOptimizeCircuitRequest;
import dev.reeve.wire.eigen.internal.v1.OptimizerServiceOptimizeCircuitResponse;
import dev.reeve.wire.eigen.internal.v1.TopologyContext;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Mapping circuits as a kernel sees it.
final class OptimizerServiceTest {
  private static final String METHOD = "OptimizerService/OptimizeCircuit";
  private static final String GHZ =
      "{\"operations\":[{\"op\":\"H\",\"q\":[0]},{\"op\":\"CX\",\"q\":[0,1]},"
          + "{\"op\":\"CX\",\"q\":[0,2]},{\"c\":[0,1,2],\"op\":\"MEASURE\",\"q\":[0,1,2]}],"
          + "\"qubits\":3,\"version\":\"1.0.0\"}";

  private static OptimizerServiceOptimizeCircuitRequest.Builder request() {
    return OptimizerServiceOptimizeCircuitRequest.newBuilder()
        .setRequestId("req-1")
        .setInputAqo(
            CircuitPayload.newBuilder()
                .setFormat(CircuitFormat.CIRCUIT_FORMAT_AQO_JSON)
                .setData(ByteString.copyFromUtf8(GHZ)))
        .setTopology(TopologyContext.newBuilder().setTopologyRef("line_4"))
        .setDeterministicSeed(7)
        .setCandidateBudget(3)
        .setTimeoutMs(30_000)
        .putTraceContext("trace_id", "t-1");
  }

  @Test
  void candidates_come_ranked_with_their_reasons() {
    try (EigenServer server = EigenServer.start()) {
      EigenClient kernel = server.internal("eigen.internal.v1");

      OptimizerServiceOptimizeCircuitResponse answer =
          kernel.call(METHOD, request().build(), OptimizerServiceOptimizeCircuitResponse.parser());

      assertThat(answer.getRequestId()).isEqualTo("req-1");
      assertThat(answer.getTraceId()).isEqualTo("t-1");
      assertThat(answer.getDeterministicSeed()).isEqualTo(7);
      assertThat(answer.getFallbackUsed()).isFalse();
      assertThat(answer.hasError()).isFalse();
      assertThat(answer.getOptimizerDigest()).hasSize(64);
      assertThat(answer.getConfidenceScore()).isEqualTo(1);
      assertThat(answer.getClassificationLabel()).isEqualTo("Optimization");
      List<OptimizedCandidate> candidates = answer.getCandidatesList();
      assertThat(candidates).isNotEmpty();
      assertThat(answer.getSelectedCandidateId()).isEqualTo(candidates.getFirst().getCandidateId());
      assertThat(candidates.getFirst().getMappedAqo().getData().toStringUtf8())
          .contains("\"qubits\":4");
      assertThat(candidates.getFirst().getExplainabilitySummary()).contains("2 two-qubit gates");
      assertThat(candidates.getFirst().getMetadataMap())
          .containsEntry("optimizer.objective", "balanced")
          .containsEntry("optimizer.candidate_budget", "3");
    }
  }

  @Test
  void what_cannot_be_offered_has_its_reason() {
    try (EigenServer server = EigenServer.start()) {
      EigenClient kernel = server.internal("eigen.internal.v1");

      OptimizerServiceOptimizeCircuitResponse answer =
          kernel.call(
              METHOD,
              request().setPolicy(OptimizerPolicy.newBuilder().setMaxDepth(1)).build(),
              OptimizerServiceOptimizeCircuitResponse.parser());

      assertThat(answer.getFallbackUsed()).isTrue();
      assertThat(answer.getFallbackReasonCode()).isEqualTo("EIGEN_OPT_POLICY_REJECTED");
      assertThat(answer.getError().getReasonCode())
          .isEqualTo(OptimizerReasonCode.OPTIMIZER_REASON_CODE_POLICY_REJECTED);
      assertThat(answer.getCandidatesList()).isEmpty();
    }
  }

  @Test
  void wrong_requests_are_refused_by_name() {
    try (EigenServer server = EigenServer.start()) {
      EigenClient kernel = server.internal("eigen.internal.v1");

      assertThat(refusal(kernel, request().clearTopology()))
          .startsWith("FAILED_PRECONDITION EIGEN_OPT_TOPOLOGY_MISSING [topology.topology_ref]");
      assertThat(
              refusal(
                  kernel,
                  request().setTopology(TopologyContext.newBuilder().setTopologyRef("moon"))))
          .startsWith("FAILED_PRECONDITION EIGEN_OPT_UNSUPPORTED_BACKEND");
      assertThat(
              refusal(
                  kernel,
                  request()
                      .setInputAqo(
                          CircuitPayload.newBuilder()
                              .setFormat(CircuitFormat.CIRCUIT_FORMAT_AQO_JSON)
                              .setData(ByteString.copyFromUtf8("{}")))))
          .startsWith("INVALID_ARGUMENT EIGEN_OPT_INVALID_AQO [version]");
      assertThat(
              refusal(
                  kernel, request().setPolicy(OptimizerPolicy.newBuilder().addForbiddenEdges("3"))))
          .startsWith(
              "INVALID_ARGUMENT EIGEN_PUBLIC_VALIDATION_FAILED [policy.forbidden_edges[0]]");
      assertThat(refusal(kernel, request().setCandidateBudget(65)))
          .startsWith("INVALID_ARGUMENT EIGEN_PUBLIC_VALIDATION_FAILED [candidate_budget]");
    }
  }

  private static String refusal(
      EigenClient kernel, OptimizerServiceOptimizeCircuitRequest.Builder request) {
    return Refusals.line(kernel.refusal(METHOD, request.build()));
  }
}
