package dev.reeve.gateway.eigen;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.reeve.wire.eigen.api.v1.AqoRef;
import dev.reeve.wire.eigen.api.v1.CompileCircuitRequest;
import dev.reeve.wire.eigen.api.v1.CompileCircuitResponse;
import dev.reeve.wire.eigen.api.v1.EigenLangSource;
import dev.reeve.wire.eigen.api.v1.JobState;
import dev.reeve.wire.eigen.api.v1.SubmitJobRequest;
import io.grpc.Status.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Programs of jobs by their references.
final class QfsTest {
  private static final String COMPILE = "CompilationService/CompileCircuit";
  private static final String QASM =
      """
      OPENQASM 3;
      include "stdgates.inc";
      qubit[2] q;
      bit[2] c;
      h q[0];
      cx q[0], q[1];
      c = measure q;
      """;
  private static final String EIGEN =
      "from eigen_lang import *\n@hybrid_program\ndef main():\n    h(0)\n    cx(0, 1)\n";

  @ParameterizedTest
  @CsvSource({
    "qfs,input/program.qasm",
    "qfs,compiled/circuit.qasm",
    "circuitfs,compiled.qasm",
    "qfs,compiled/circuit.aqo.json",
    "qfs,compiled.aqo.json"
  })
  void the_program_of_a_job_is_compiled_by_its_reference(String scheme, String path) {
    try (EigenServer server = EigenServer.start()) {
      String job = server.later().submit(EigenClient.program(QASM)).getJobId();
      String reference = scheme + "://jobs/" + job + "/" + path;

      CompileCircuitResponse compiled = compile(server.seed(), reference);

      assertThat(compiled.getMetadataMap())
          .containsEntry("source_precedence", "source_ref")
          .containsEntry("source_ref", reference)
          .containsEntry("certificate.equivalent", "true")
          .containsEntry("two_qubit_gates", "1");
    }
  }

  @Test
  void a_compiled_program_is_submitted_by_its_reference() {
    try (EigenServer server = EigenServer.start()) {
      EigenClient client = server.later();
      String first = client.submit(eigen()).getJobId();
      client.awaitState(first, JobState.JOB_STATE_DONE);
      String reference = client.results(first).getMetadataOrThrow("qfs_compiled_aqo");

      String second = client.submit(reference(reference)).getJobId();

      client.awaitState(second, JobState.JOB_STATE_DONE);
      String document =
          compile(client, "qfs://jobs/" + second + "/input/circuit.aqo.json")
              .getCircuit()
              .getData()
              .toStringUtf8();
      assertThat(document).startsWith("{").contains("\"op\":\"CX\"");
      assertThat(client.submit(reference(reference)).getJobId()).isEqualTo(second);
    }
  }

  @Test
  void a_result_names_no_document_that_is_not_there() {
    try (EigenServer server = EigenServer.start()) {
      EigenClient client = server.later();
      String job = client.submit(EigenClient.program("computed")).getJobId();
      client.awaitState(job, JobState.JOB_STATE_DONE);

      assertThat(client.results(job).getMetadataMap())
          .containsEntry("compiled_aqo", "none")
          .doesNotContainKey("qfs_compiled_aqo");
    }
  }

  @Test
  void a_compiled_program_has_the_values_that_its_job_gave() {
    try (EigenServer server = EigenServer.start()) {
      EigenClient client = server.later();
      String program =
          "OPENQASM 3.0; include \"stdgates.inc\"; input float a; qubit q; bit c; rx(a) q; c ="
              + " measure q;";
      String job =
          client.submit(EigenClient.program(program).putMetadata("param.a", "0.5")).getJobId();
      client.awaitState(job, JobState.JOB_STATE_DONE);
      String reference = client.results(job).getMetadataOrThrow("qfs_compiled_aqo");

      assertThat(compile(server.seed(), reference).getMetadataMap())
          .containsEntry("certificate.equivalent", "true");
    }
  }

  @Test
  void a_replay_is_compiled_from_a_reference_alone() {
    try (EigenServer server = EigenServer.start()) {
      String job = server.later().submit(eigen()).getJobId();
      CompileCircuitRequest.Builder request =
          CompileCircuitRequest.newBuilder()
              .setLanguage("eigen-lang")
              .putOptions("spec.workload.kind", "ReplayJob")
              .putOptions("spec.workload.replay.enabled", "true");

      assertThat(
              server
                  .later()
                  .code(COMPILE, request.setSource(ByteString.copyFromUtf8(EIGEN)).build()))
          .isEqualTo(Code.INVALID_ARGUMENT);
      assertThat(
              server
                  .later()
                  .code(
                      COMPILE,
                      request
                          .clearSource()
                          .setSourceRef("qfs://jobs/" + job + "/input/program.eigen.py")
                          .build()))
          .isEqualTo(Code.OK);
    }
  }

  @Test
  void a_job_waits_for_the_one_that_its_reference_belongs_to() {
    try (EigenServer server = EigenServer.start()) {
      EigenClient client = server.later();
      String parent = client.submit(EigenClient.program("fail")).getJobId();

      String child =
          client
              .submit(EigenClient.bell().addDependencies("qfs://jobs/" + parent + "/compiled.qasm"))
              .getJobId();

      assertThat(client.awaitState(child, JobState.JOB_STATE_ERROR).getErrorCode())
          .isEqualTo("DEPENDENCY_FAILED");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "qfs://jobs/JOB/input/../../other/input/program.qasm,INVALID_ARGUMENT",
    "qfs://jobs/../JOB/compiled.qasm,INVALID_ARGUMENT",
    "qfs://jobs//compiled.qasm,INVALID_ARGUMENT",
    "qfs://blobs/JOB,INVALID_ARGUMENT",
    "file:///etc/passwd,INVALID_ARGUMENT",
    "qfs://jobs/JOB/.hidden,INVALID_ARGUMENT",
    "qfs://jobs/JOB/results/result.json,NOT_FOUND",
    "qfs://jobs/JOB/input/program.eigen.py,NOT_FOUND",
    "qfs://jobs/JOB,NOT_FOUND",
    "qfs://jobs/nobody/compiled.qasm,NOT_FOUND"
  })
  void what_is_no_program_of_a_job_is_refused(String reference, Code code) {
    try (EigenServer server = EigenServer.start()) {
      EigenClient client = server.later();
      String job = client.submit(EigenClient.program(QASM)).getJobId();
      String named = reference.replace("JOB", job);

      assertThat(client.code(COMPILE, request(named))).isEqualTo(code);
      assertThat(client.code("JobService/SubmitJob", reference(named).build())).isEqualTo(code);
    }
  }

  @Test
  void a_job_of_another_tenant_is_not_there() {
    try (EigenServer server = EigenServer.start()) {
      String job =
          server.later().with("x-tenant-id", "team-a").submit(EigenClient.program(QASM)).getJobId();

      assertThat(server.later().code(COMPILE, request("qfs://jobs/" + job + "/input/program.qasm")))
          .isEqualTo(Code.NOT_FOUND);
    }
  }

  private static CompileCircuitResponse compile(EigenClient client, String reference) {
    return client.call(COMPILE, request(reference), CompileCircuitResponse.parser());
  }

  private static CompileCircuitRequest request(String reference) {
    return CompileCircuitRequest.newBuilder().setSourceRef(reference).build();
  }

  private static SubmitJobRequest.Builder eigen() {
    return EigenClient.bell()
        .setEigenLang(EigenLangSource.newBuilder().setSource(ByteString.copyFromUtf8(EIGEN)));
  }

  private static SubmitJobRequest.Builder reference(String reference) {
    return EigenClient.bell().setAqoRef(AqoRef.newBuilder().setQfsRef(reference));
  }
}
