package dev.reeve.gateway.eigen;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import dev.reeve.wire.eigen.api.v1.CompileCircuitRequest;
import dev.reeve.wire.eigen.api.v1.CompileCircuitResponse;
import dev.reeve.wire.eigen.internal.v1.AdvisoryDecision;
import dev.reeve.wire.eigen.internal.v1.NeuroSymbolicContractEnvelope;
import dev.reeve.wire.eigen.internal.v1.NeuroSymbolicRequestContext;
import dev.reeve.wire.eigen.internal.v1.ScoreCompilationPlanRequest;
import dev.reeve.wire.eigen.internal.v1.ScoreCompilationPlanResponse;
import io.grpc.Status.Code;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Scores of plans as a kernel sees them.
final class PlanServiceTest {
  private static final String BELL =
      """
      OPENQASM 3;
      include "stdgates.inc";
      qubit[2] q;
      h q[0];
      cx q[0], q[1];
      """;
  private static final String METHOD = "NeuroSymbolicService/ScoreCompilationPlan";

  @Test
  void the_figures_of_a_compile_are_scored_alike_each_time() {
    try (EigenServer server = EigenServer.start()) {
      EigenClient kernel = server.internal("eigen.internal.v1");
      String features = figures(server);

      ScoreCompilationPlanResponse answer = score(kernel, features);

      assertThat(answer.getDecision()).isEqualTo(AdvisoryDecision.ADVISORY_DECISION_ACCEPT);
      assertThat(answer.getScore()).isBetween(0.9, 1.0);
      assertThat(answer.getConfidence()).isEqualTo(1);
      assertThat(answer.getContractVersion()).isEqualTo("1.0.0");
      assertThat(answer.getRequestId()).isEqualTo("req-1");
      assertThat(answer.getWorkloadId()).isEqualTo("workload-1");
      assertThat(answer.getDeterministicCompatible()).isTrue();
      assertThat(answer.getReplayDigest()).hasSize(64);
      assertThat(score(kernel, features)).isEqualTo(answer);
    }
  }

  @Test
  void wrong_requests_are_refused_and_the_public_port_has_no_such_call() {
    try (EigenServer server = EigenServer.start()) {
      EigenClient kernel = server.internal("eigen.internal.v1");

      assertThat(kernel.code(METHOD, request("{}").setFeatureDigestSha256("00").build()))
          .isEqualTo(Code.INVALID_ARGUMENT);
      assertThat(kernel.code(METHOD, request("none").build())).isEqualTo(Code.INVALID_ARGUMENT);
      assertThat(
              kernel.code(
                  METHOD,
                  request("{}")
                      .setEnvelope(
                          NeuroSymbolicContractEnvelope.newBuilder().setContractVersion("2.0.0"))
                      .build()))
          .isEqualTo(Code.FAILED_PRECONDITION);
      assertThat(server.open("eigen.internal.v1").code(METHOD, request("{}").build()))
          .isEqualTo(Code.UNIMPLEMENTED);
    }
  }

  private static String figures(EigenServer server) {
    return server
        .later()
        .call(
            "CompilationService/CompileCircuit",
            CompileCircuitRequest.newBuilder()
                .setLanguage("qasm3")
                .setSource(ByteString.copyFromUtf8(BELL))
                .putOptions("target", "line_3")
                .build(),
            CompileCircuitResponse.parser())
        .getMetadataMap()
        .entrySet()
        .stream()
        .filter(fact -> !fact.getKey().endsWith("_json"))
        .map(fact -> "\"" + fact.getKey() + "\":\"" + fact.getValue() + "\"")
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static ScoreCompilationPlanResponse score(EigenClient kernel, String features) {
    return kernel.call(
        METHOD,
        request(features).setFeatureDigestSha256(Sha256.of(Bytes.utf8(features)).hex()).build(),
        ScoreCompilationPlanResponse.parser());
  }

  private static ScoreCompilationPlanRequest.Builder request(String features) {
    return ScoreCompilationPlanRequest.newBuilder()
        .setEnvelope(NeuroSymbolicContractEnvelope.newBuilder().setContractVersion("1.0.0"))
        .setContext(
            NeuroSymbolicRequestContext.newBuilder()
                .setRequestId("req-1")
                .setWorkloadId("workload-1"))
        .setFeatureVector(ByteString.copyFromUtf8(features))
        .setDeterministicSeed(7);
  }
}
