package dev.reeve.gateway.eigen;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.rpc.Status;
import dev.reeve.base.Sha256;
import dev.reeve.wire.eigen.api.v1.AqoCircuit;
import dev.reeve.wire.eigen.api.v1.CircuitFormat;
import dev.reeve.wire.eigen.api.v1.CircuitPayload;
import dev.reeve.wire.eigen.api.v1.CompileCircuitRequest;
import dev.reeve.wire.eigen.api.v1.CompileCircuitResponse;
import dev.reeve.wire.eigen.api.v1.CompileJobRequest;
import dev.reeve.wire.eigen.api.v1.CompileJobResponse;
import dev.reeve.wire.eigen.api.v1.OptimizeCircuitRequest;
import dev.reeve.wire.eigen.api.v1.OptimizeCircuitResponse;
import dev.reeve.wire.eigen.api.v1.ValidateCircuitRequest;
import dev.reeve.wire.eigen.api.v1.ValidateCircuitResponse;
import io.grpc.Status.Code;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Compiling as clients of every name see it.
final class CompilationTest {
  private static final String GHZ =
      """
      OPENQASM 3;
      include "stdgates.inc";
      qubit[3] q;
      bit[3] c;
      h q[0];
      cx q[0], q[1];
      cx q[0], q[2];
      c = measure q;
      """;

  private static final String EIGEN =
      "from eigen_lang import *\n@hybrid_program\ndef main():\n    h(0)\n    cx(0, 1)\n";

  @Test
  void a_circuit_is_compiled_alike_under_the_three_names() {
    try (EigenServer server = EigenServer.start()) {
      CompileCircuitRequest request =
          CompileCircuitRequest.newBuilder()
              .setLanguage("qasm3")
              .setSource(ByteString.copyFromUtf8(GHZ))
              .putAllOptions(Map.of("target", "line_4", "optimization_level", "2", "seed", "7"))
              .build();
      List<EigenClient> names =
          List.of(server.seed(), server.later(), server.internal("eigen.internal.v1"));

      List<CompileCircuitResponse> compiled =
          names.stream()
              .map(name ->
                  name.call(
                      "CompilationService/CompileCircuit",
                      request,
                      CompileCircuitResponse.parser()))
              .toList();

      assertThat(compiled).containsOnly(compiled.getFirst());
      CompileCircuitResponse first = compiled.getFirst();
      assertThat(first.getCircuit().getFormat()).isEqualTo(CircuitFormat.CIRCUIT_FORMAT_QASM3_TEXT);
      assertThat(first.getCircuit().getData().toStringUtf8())
          .startsWith("OPENQASM 3.0;")
          .contains("qubit[4] q;")
          .doesNotContain("h q");
      assertThat(first.getMetadataMap())
          .containsEntry("certificate.equivalent", "true")
          .containsEntry("target", "line_4")
          .containsEntry("seed", "7")
          .containsEntry("swaps", "0")
          .containsEntry("two_qubit_gates", "2")
          .containsEntry(
              "options_json", "{\"optimization_level\":\"2\",\"seed\":\"7\",\"target\":\"line_4\"}")
          .containsKeys("source_sha256", "qasm_sha256", "layout.initial", "layout.final");
    }
  }

  @Test
  void inputs_without_a_value_stay_inputs_of_what_is_compiled() {
    try (EigenServer server = EigenServer.start()) {
      CompileCircuitRequest request =
          CompileCircuitRequest.newBuilder()
              .setLanguage("qasm3")
              .setSource(
                  ByteString.copyFromUtf8(
                      "OPENQASM 3.0; include \"stdgates.inc\"; input float a; input angle b;"
                          + " qubit[2] q; crz(a) q[0], q[1]; rx(b) q[1];"))
              .putAllOptions(Map.of("target", "line_2", "param.b", "pi"))
              .build();

      CompileCircuitResponse compiled =
          server
              .later()
              .call("CompilationService/CompileCircuit", request, CompileCircuitResponse.parser());

      assertThat(compiled.getCircuit().getData().toStringUtf8())
          .contains("input float a;", "rz(0.5*a)", "rz(-0.5*a)")
          .doesNotContain("input angle b");
      assertThat(compiled.getMetadataMap())
          .containsEntry("certificate.equivalent", "true")
          .containsEntry("certificate.bindings", "4");
    }
  }

  @Test
  void eigen_lang_becomes_the_same_document_under_the_three_names() {
    try (EigenServer server = EigenServer.start()) {
      CompileCircuitRequest request =
          CompileCircuitRequest.newBuilder()
              .setLanguage("eigen-lang")
              .setSource(ByteString.copyFromUtf8(EIGEN))
              .build();
      List<EigenClient> names =
          List.of(server.seed(), server.later(), server.internal("eigen.internal.v1"));

      List<CompileCircuitResponse> compiled =
          names.stream()
              .map(name ->
                  name.call(
                      "CompilationService/CompileCircuit",
                      request,
                      CompileCircuitResponse.parser()))
              .toList();

      assertThat(compiled).containsOnly(compiled.getFirst());
      CompileCircuitResponse first = compiled.getFirst();
      assertThat(first.getCircuit().getFormat()).isEqualTo(CircuitFormat.CIRCUIT_FORMAT_AQO_JSON);
      assertThat(first.getCircuit().getData().toStringUtf8())
          .contains("\"operations\":[{\"op\":\"H\",\"q\":[0]}")
          .endsWith("\"qubits\":2,\"version\":\"1.0.0\"}");
      assertThat(first.getMetadataMap())
          .containsEntry("compiler", "eigen-compiler")
          .containsEntry("workload_profile", "QuantumJob");
    }
  }

  @Test
  void the_program_of_a_job_is_compiled_under_its_id() {
    try (EigenServer server = EigenServer.start()) {
      CompileJobResponse compiled =
          server
              .later()
              .call(
                  "CompilationService/CompileJob",
                  CompileJobRequest.newBuilder()
                      .setJobId("job-1")
                      .setLanguage("qasm3")
                      .setSource(ByteString.copyFromUtf8(GHZ))
                      .build(),
                  CompileJobResponse.parser());

      assertThat(compiled.getJobId()).isEqualTo("job-1");
      assertThat(compiled.getCircuit().getData().toStringUtf8()).contains("measure");
    }
  }

  @Test
  void compiled_documents_go_in_and_out_in_either_form() throws Exception {
    try (EigenServer server = EigenServer.start()) {
      CompileCircuitResponse compiled =
          server
              .later()
              .call(
                  "CompilationService/CompileCircuit",
                  CompileCircuitRequest.newBuilder()
                      .setLanguage("qasm3")
                      .setSource(ByteString.copyFromUtf8(GHZ))
                      .putOptions("format", "aqo_json")
                      .build(),
                  CompileCircuitResponse.parser());

      CircuitPayload messages =
          optimized(server, compiled.getCircuit(), Map.of("format", "aqo_proto"));
      CircuitPayload json = optimized(server, messages, Map.of("format", "aqo_json"));

      assertThat(compiled.getCircuit().getFormat())
          .isEqualTo(CircuitFormat.CIRCUIT_FORMAT_AQO_JSON);
      assertThat(compiled.getCircuit().getData().toStringUtf8())
          .startsWith("{\"checksums\":{\"source_sha256\":")
          .endsWith("\"qubits\":3,\"version\":\"1.0.0\"}");
      assertThat(compiled.getMetadataMap())
          .containsEntry("aqo_version", "1.0.0")
          .containsEntry(
              "aqo_sha256", Sha256.of(compiled.getCircuit().getData().toByteArray()).hex());
      assertThat(AqoCircuit.parseFrom(messages.getData()).getVersion()).isEqualTo("1.0.0");
      assertThat(json.getFormat()).isEqualTo(CircuitFormat.CIRCUIT_FORMAT_AQO_JSON);
      assertThat(optimized(server, messages, Map.of()).getFormat())
          .isEqualTo(CircuitFormat.CIRCUIT_FORMAT_AQO_PROTO);
    }
  }

  private static CircuitPayload optimized(
      EigenServer server, CircuitPayload circuit, Map<String, String> options) {
    return server
        .seed()
        .call(
            "CompilationService/OptimizeCircuit",
            OptimizeCircuitRequest.newBuilder().setCircuit(circuit).putAllOptions(options).build(),
            OptimizeCircuitResponse.parser())
        .getCircuit();
  }

  @Test
  void optimising_takes_out_what_undoes_itself_and_says_what_it_gained() {
    try (EigenServer server = EigenServer.start()) {
      OptimizeCircuitResponse optimized =
          server
              .seed()
              .call(
                  "CompilationService/OptimizeCircuit",
                  OptimizeCircuitRequest.newBuilder()
                      .setCircuit(
                          CircuitPayload.newBuilder()
                              .setFormat(CircuitFormat.CIRCUIT_FORMAT_QASM3_TEXT)
                              .setData(
                                  ByteString.copyFromUtf8(
                                      "OPENQASM 3; include \"stdgates.inc\"; qubit[2] q;"
                                          + " cx q[0], q[1]; cx q[0], q[1]; x q[0];")))
                      .build(),
                  OptimizeCircuitResponse.parser());

      assertThat(optimized.getMetricsMap())
          .containsEntry("two_qubit_gates_before", "2")
          .containsEntry("two_qubit_gates", "0")
          .containsEntry("gates", "1");
      assertThat(optimized.getCircuit().getData().toStringUtf8()).contains("x q[0];");
    }
  }

  @Test
  void a_valid_program_is_called_valid_and_a_wrong_one_refused_with_each_place() {
    try (EigenServer server = EigenServer.start()) {
      ValidateCircuitResponse valid =
          server
              .seed()
              .call(
                  "CompilationService/ValidateCircuit",
                  ValidateCircuitRequest.newBuilder()
                      .setLanguage("qasm3")
                      .setSource(ByteString.copyFromUtf8(GHZ))
                      .build(),
                  ValidateCircuitResponse.parser());
      Status refusal =
          server
              .seed()
              .refusal(
                  "CompilationService/ValidateCircuit",
                  ValidateCircuitRequest.newBuilder()
                      .setLanguage("qasm3")
                      .setSource(ByteString.copyFromUtf8("OPENQASM 3;\nqubit q;\nh r;\nx s;\n"))
                      .build());

      assertThat(valid.getValid()).isTrue();
      assertThat(Refusals.line(refusal))
          .startsWith("INVALID_ARGUMENT EIGEN_COMPILER_VALIDATION_FAILED [source, source");
      assertThat(refusal.getMessage()).contains("source:3:");
    }
  }

  @Test
  void what_cannot_be_compiled_is_refused_by_name() {
    try (EigenServer server = EigenServer.start()) {
      assertThat(refusal(server, "qasm3", "", Map.of())).contains("INVALID_ARGUMENT", "[source]");
      assertThat(refusal(server, "basic", GHZ, Map.of()))
          .contains("INVALID_ARGUMENT EIGEN_COMPILER_VALIDATION_FAILED [language]");
      assertThat(refusal(server, "eigen-lang", "x", Map.of()))
          .contains("INVALID_ARGUMENT EIGEN_COMPILER_VALIDATION_FAILED [source]");
      assertThat(refusal(server, "eigen-lang", "", Map.of()))
          .contains("INVALID_ARGUMENT", "[input]");
      assertThat(refusal(server, "eigen-lang", "#".repeat(262_145), Map.of()))
          .contains("RESOURCE_EXHAUSTED", "[source]");
      assertThat(refusal(server, "eigen-lang", EIGEN, Map.of("distributed.target", "moon")))
          .contains("INVALID_ARGUMENT", "[options.distributed.target]");
      assertThat(refusal(server, "qasm3", GHZ, Map.of("target", "line_2")))
          .contains("INVALID_ARGUMENT EIGEN_COMPILER_VALIDATION_FAILED [qubits]");
      assertThat(refusal(server, "qasm3", GHZ, Map.of("target", "moon"))).contains("NOT_FOUND");
      assertThat(refusal(server, "qasm3", GHZ, Map.of("optimization_level", "4")))
          .contains("INVALID_ARGUMENT", "[options.optimization_level]");
      assertThat(refusal(server, "qasm3", GHZ, Map.of("seed", "x")))
          .contains("INVALID_ARGUMENT", "[options.seed]");
      String controls =
          "OPENQASM 3.0; qubit[62] q; ctrl(60) @ U(0.1, 0.2, 0.3) %s;"
              .formatted(
                  IntStream.range(0, 61)
                      .mapToObj(i -> "q[" + i + "]")
                      .collect(Collectors.joining(", ")));
      assertThat(refusal(server, "qasm3", controls, Map.of()))
          .contains("RESOURCE_EXHAUSTED", "[source]");
    }
  }

  private static String refusal(
      EigenServer server, String language, String source, Map<String, String> options) {
    Status status =
        server
            .later()
            .refusal(
                "CompilationService/CompileCircuit",
                CompileCircuitRequest.newBuilder()
                    .setLanguage(language)
                    .setSource(ByteString.copyFromUtf8(source))
                    .putAllOptions(options)
                    .build());
    assertThat(Refusals.code(status)).isNotEqualTo(Code.OK);
    return Refusals.line(status);
  }
}
