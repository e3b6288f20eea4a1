package dev.reeve.service.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemException;
import dev.reeve.base.Sha256;
import dev.reeve.quantum.CancelSignal;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Compiling Eigen-Lang for callers: digests, facts, options.
final class EigenProgramsTest {
  private static final String PROGRAM =
      """
      from eigen_lang import Param, ExpectationValue, hybrid_program, minimize
      @hybrid_program(target="sim", shots=1000)
      def vqe_program():
          theta = Param("theta")
          ry(0, theta=theta)
          cost = ExpectationValue("ansatz", "observable")
          minimize(cost, [0.1])
      """;

  private static final String BELL =
      "from eigen_lang import *\n@hybrid_program\ndef main():\n    h(0)\n    cx(0, 1)\n";

  @ParameterizedTest
  @CsvSource({
    "42d74e02db97545a8e37e44bab09e4db54c7fe5560dd3af4bac332384a380453,"
        + "ca276aebd5875f7351679a296d7931c395a4a3bc376ff5f9fd2877cdb917cd2f",
    "29ce873e906841b77f8651c43b5a94b16978d9ed4a6613a884508b155d24d3d1,"
        + "84acdaba695e99d7c09644fcdbb4341b1b4e2fc7ad67bae12a710c7404a2b76b"
  })
  void the_digest_of_a_request_is_that_of_the_first_implementation(String source, String request) {
    assertThat(EigenPrograms.requestDigest(new TreeMap<>(), EigenContext.NONE, source))
        .isEqualTo(request);
  }

  @Test
  void the_document_has_the_bytes_of_the_first_implementation() {
    String source = Sha256.of(Bytes.utf8(PROGRAM)).hex();
    String request = EigenPrograms.requestDigest(new TreeMap<>(), EigenContext.NONE, source);

    EigenPrograms.Compiled compiled = compiled(PROGRAM, Map.of());

    assertThat(compiled.document().canonical().utf8())
        .isEqualTo(
            "{\"annotations\":{\"expectation\":{\"kind\":\"ExpectationValue\"},"
                + "\"hybrid_plan_marker\":{\"expanded_by\":\"kernel\",\"kind\":\"minimize\"}},"
                + "\"checksums\":{\"request_sha256\":\"%s\",\"source_sha256\":\"%s\"},"
                    .formatted(request, source)
                + "\"metadata\":{\"compiler\":\"eigen-compiler\","
                + "\"compiler_contract_version\":\"1.0.0\",\"eigen_lang_version\":\"1.0\","
                + "\"request_sha256\":\"%s\",\"source_sha256\":\"%s\"},".formatted(request, source)
                + "\"operations\":[{\"op\":\"RY\",\"params\":{\"theta\":\"theta\"},\"q\":[0]},"
                + "{\"c\":[0],\"op\":\"MEASURE\",\"q\":[0]}],"
                + "\"parameters\":{\"theta\":\"theta\"},\"qubits\":1,\"version\":\"1.0.0\"}");
  }

  @Test
  void facts_say_how_the_document_was_made() {
    EigenPrograms.Compiled compiled = compiled(BELL, Map.of("beta", "2", "alpha", "1"));

    assertThat(compiled.facts())
        .containsEntry("compiler", "eigen-compiler")
        .containsEntry("aqo_version", "1.0.0")
        .containsEntry("aqo_sha256", compiled.document().sha256())
        .containsEntry("source_precedence", "source")
        .containsEntry("options_json", "{\"alpha\":\"1\",\"beta\":\"2\"}")
        .containsEntry("workload_profile", "QuantumJob")
        .containsEntry("distributed.enabled", "false")
        .containsKeys(
            "request_sha256",
            "options_sha256",
            "request_context_json",
            "compiler_passes_json",
            "compiler_pass_pipeline_version",
            "workload_profile_json",
            "backend_contract_version",
            "backend_contract_json",
            "compiler_diagnostics_json",
            "decision_lineage_json",
            "observability_json",
            "explainability_json");
    assertThat(compiled(PROGRAM, Map.of()).facts()).containsEntry("hybrid_plan_marker", "minimize");
    assertThat(compiled.qasm().utf8()).contains("cx q[0], q[1]");
  }

  @Test
  void a_circuit_that_is_spread_says_so() {
    EigenPrograms.Compiled compiled =
        compiled(
            BELL,
            Map.of(
                "distributed.enabled", "true",
                "distributed.target", "cluster:gpu",
                "distributed.partition_count", "4"));

    assertThat(compiled.document().canonical().utf8())
        .contains(
            "\"topology\":{\"enabled\":true,\"partition_count\":4,\"queue_provider\":\"\","
                + "\"target\":\"cluster:gpu\",\"topology_hint\":\"data_parallel\","
                + "\"version\":\"1.0.0\"}");
    assertThat(compiled.facts())
        .containsEntry("workload_profile", "DistributedJob")
        .containsEntry("distributed.partition_count", "4");
  }

  @Test
  void a_context_changes_the_digest_and_credentials_do_not_show() {
    EigenContext context =
        EigenContext.of(
            Map.of("request_id", "req-1", "security_context", "Authorization: Bearer abcdefgh12"));

    EigenPrograms.Compiled compiled =
        EigenPrograms.compile(
            EigenSource.of(Bytes.utf8(BELL), Map.of(), context), CancelSignal.NEVER);

    assertThat(compiled.facts().get("request_context_json"))
        .contains("\"request_id\":\"req-1\"")
        .contains("[REDACTED]")
        .doesNotContain("abcdefgh12");
    assertThat(compiled.facts().get("request_sha256"))
        .isNotEqualTo(compiled(BELL, Map.of()).facts().get("request_sha256"));
  }

  @ParameterizedTest
  @CsvSource({
    "distributed.enabled=maybe, options.distributed.enabled",
    "distributed.target=moon, options.distributed.target",
    "distributed.partition_count=0, options.distributed.partition_count",
    "distributed.queue_provider=kafka, options.distributed.queue_provider",
    "distributed.topology_hint=star, options.distributed.topology_hint",
    "distributed.enabled=true, options.distributed.target",
    "spec.workload.kind=DreamJob, options.spec.workload.kind",
    "spec.workload.kind=BenchmarkJob, options.spec.workload.seed",
    "spec.workload.seed=1, options.spec.workload.backend_target",
    "spec.workload.seed=x, options.spec.workload.seed",
    "spec.workload.backend_target=moon, options.spec.workload.backend_target",
    "spec.workload.kind=PipelineJob, options.spec.workload.pipeline.stage_id",
    "spec.workload.kind=ReplayJob, options.spec.workload.replay.enabled",
    "spec.workload.replay.enabled=true, source_ref",
    "spec.runtime.mode=fast, options.spec.runtime.mode",
    "spec.workload.kind=DistributedJob, options.distributed.enabled"
  })
  void options_that_cannot_be_are_named(String option, String field) {
    String[] parts = option.split("=", -1);

    assertThatThrownBy(() -> compiled(BELL, Map.of(parts[0], parts[1])))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> {
              assertThat(refused.problem().reason()).isEqualTo("COMPILE_OPTION_INVALID");
              assertThat(refused.problem().fields())
                  .anySatisfy(violation -> assertThat(violation.field()).isEqualTo(field));
            });
  }

  @Test
  void another_entrypoint_than_there_is_is_refused() {
    Bytes source = Bytes.utf8(PROGRAM);

    for (String entrypoint : Arrays.asList("", "main", "vqe_program")) {
      assertThat(EigenPrograms.read(source, entrypoint, CancelSignal.NEVER).entrypoint())
          .isEqualTo("vqe_program");
    }
    assertThatThrownBy(() -> EigenPrograms.read(source, "other", CancelSignal.NEVER))
        .hasMessageContaining("entrypoint");
  }

  private static EigenPrograms.Compiled compiled(String program, Map<String, String> options) {
    return EigenPrograms.compile(
        EigenSource.of(Bytes.utf8(program), options, EigenContext.NONE), CancelSignal.NEVER);
  }
}
