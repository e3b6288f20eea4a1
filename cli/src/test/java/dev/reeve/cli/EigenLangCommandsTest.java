package dev.reeve.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands that work on circuits, on programs in Eigen-Lang.
final class EigenLangCommandsTest {
  private static final String BELL =
      """
      from eigen_lang import *
      @hybrid_program(shots=40, seed=5)
      def bell():
          h(0)
          cx(0, 1)
      """;

  private static final String SEARCH =
      """
      from eigen_lang import *
      @hybrid_program(seed=1, shots=100)
      def vqe():
          a = Param("a", 0.3)
          ry(0, theta=a)
          minimize(ExpectationValue(observable=Observable(Z=0)), [a], max_iters=80)
      """;

  @TempDir private Path folder;

  @Test
  void validate_says_where_every_error_is() throws IOException {
    String wrong = "@hybrid_program\ndef main():\n    h(0)\n    teleport(1)\n    x(n)\n";

    CliRun.Result valid = cli("validate", BELL, "--json");
    CliRun.Result refused = cli("validate", wrong, "--json");
    CliRun.Result grammar = cli("validate", wrong, "--syntax", "--json");

    assertThat(valid.exitCode()).isZero();
    assertThat(valid.out()).contains("{\"valid\":true,\"errors\":[]}");
    assertThat(refused.exitCode()).isEqualTo(2);
    JsonObject first =
        JsonParser.parseString(refused.out())
            .getAsJsonObject()
            .getAsJsonArray("errors")
            .get(0)
            .getAsJsonObject();
    assertThat(first.get("line").getAsInt()).isEqualTo(4);
    assertThat(first.get("column").getAsInt()).isEqualTo(5);
    assertThat(first.get("message").getAsString()).contains("teleport");
    assertThat(grammar.exitCode()).isZero();
  }

  @Test
  void run_takes_shots_and_seed_of_the_program_unless_told_otherwise() throws IOException {
    JsonObject metadata = json(cli("run", BELL, "--json")).getAsJsonObject("metadata");
    JsonObject told = json(cli("run", BELL, "--shots", "7", "--json")).getAsJsonObject("metadata");

    assertThat(metadata.get("shots").getAsString()).isEqualTo("40");
    assertThat(metadata.get("seed").getAsString()).isEqualTo("5");
    assertThat(told.get("shots").getAsString()).isEqualTo("7");
  }

  @Test
  void run_minimizes_and_counts_at_the_best_parameters() throws IOException {
    JsonObject answer = json(cli("run", SEARCH, "--json"));

    assertThat(answer.getAsJsonObject("metadata").get("energy").getAsDouble()).isLessThan(-0.999);
    assertThat(answer.getAsJsonObject("counts").get("1").getAsInt()).isGreaterThan(95);
  }

  @Test
  void compile_and_draw_show_the_circuit() throws IOException {
    assertThat(cli("compile", BELL, "--device", "line_2").out()).contains("OPENQASM 3.0");
    assertThat(cli("draw", BELL).exitCode()).isZero();
  }

  private static JsonObject json(CliRun.Result result) {
    assertThat(result.exitCode()).as(result.err()).isZero();
    return JsonParser.parseString(result.out()).getAsJsonObject();
  }

  private CliRun.Result cli(String command, String program, String... options) throws IOException {
    Path file = Files.writeString(folder.resolve("program.eigen.py"), program);
    String[] line = new String[options.length + 2];
    line[0] = command;
    line[1] = file.toString();
    System.arraycopy(options, 0, line, 2, options.length);
    return new CliRun().run(line);
  }
}
