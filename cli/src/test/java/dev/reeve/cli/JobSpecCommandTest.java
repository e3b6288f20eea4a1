package dev.reeve.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Job specifications as `reeve validate` reads them.
class JobSpecCommandTest {
  private static final String SPEC =
      """
      kind: QuantumJob
      apiVersion: eigen.os/v0.1
      metadata: {name: bell}
      spec:
        target: sim:local
        program_path: bell.qasm
      """;
  private static final String REORDERED =
      """
      apiVersion: eigen.os/v0.1
      spec:
        program_path: bell.qasm
        target: sim:local
      kind: QuantumJob
      metadata:
        name: bell
      """;
  private static final String BELL =
      """
      OPENQASM 3.0;
      include "stdgates.inc";
      qubit[2] q;
      h q[0];
      cx q[0], q[1];
      """;

  @TempDir Path folder;

  @Test
  void the_normal_form_has_both_digests_and_does_not_depend_on_order() throws IOException {
    Files.writeString(folder.resolve("bell.qasm"), BELL);

    CliRun.Result normal = validate("job.yaml", SPEC, "--normal");

    assertThat(normal.exitCode()).isZero();
    assertThat(normal.out())
        .contains("\"apiVersion\":\"eigen.os/v1\"", "\"canonical_digest\":\"sha256:")
        .contains("\"contract\":\"jobspec.normalized\"");
    assertThat(validate("other.yml", REORDERED, "--normal").out()).isEqualTo(normal.out());
  }

  @Test
  void mistakes_of_the_specification_and_of_its_program_are_told() throws IOException {
    Files.writeString(folder.resolve("bell.qasm"), BELL + "foo q;\n");

    CliRun.Result program = validate("job.yaml", SPEC, "--json");
    CliRun.Result path = validate("job.yaml", SPEC.replace("bell.qasm", "../bell.qasm"), "--json");

    assertThat(program.exitCode()).isEqualTo(2);
    assertThat(program.out()).contains("\"valid\":false", "\"line\":6", "foo");
    assertThat(path.exitCode()).isEqualTo(2);
    assertThat(path.out()).contains("\"valid\":false", "program_path");
  }

  @Test
  void the_normal_form_of_a_circuit_alone_is_refused() throws IOException {
    assertThat(validate("bell.qasm", BELL, "--normal").exitCode()).isEqualTo(2);
  }

  @Test
  void a_specification_is_run_as_it_says_unless_the_command_says_otherwise() throws IOException {
    String spec = SPEC + "  metadata: {shots: '200', seed: '3', noise_model: 'readout:1'}\n";
    Files.writeString(folder.resolve("bell.qasm"), BELL.replace("h q[0];", "x q[0];"));
    Path file = folder.resolve("job.yaml");
    Files.writeString(file, spec);

    CliRun.Result said = new CliRun().run("run", file.toString(), "--json");
    CliRun.Result other =
        new CliRun().run("run", file.toString(), "--json", "--shots", "7", "--noise", "none");

    assertThat(said.out()).contains("\"00\":200", "\"seed\":\"3\"");
    assertThat(other.out()).contains("\"11\":7");
  }

  private CliRun.Result validate(String name, String content, String... options)
      throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, content);
    String[] args = new String[options.length + 2];
    args[0] = "validate";
    args[1] = file.toString();
    System.arraycopy(options, 0, args, 2, options.length);
    return new CliRun().run(args);
  }
}
