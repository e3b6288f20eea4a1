package dev.reeve.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CircuitCommandsTest {
  private static final String BELL =
      """
      OPENQASM 3.0;
      include "stdgates.inc";
      qubit[2] q;
      bit[4] c;
      h q[0];
      cx q[0], q[1];
      c[0] = measure q[0];
      c[1] = measure q[1];
      """;

  @TempDir private Path folder;

  @Test
  void noise_of_a_device_is_that_of_the_figures_in_a_file() throws IOException {
    Path figures =
        Files.writeString(
            folder.resolve("figures.json"),
            "{\"readout_error\": [0, [0, 0.25]], \"gate_error\": [0, 0.2]}");
    String program = "OPENQASM 3.0; include \"stdgates.inc\"; qubit[2] q; x q[1];";
    String[] with = {"--calibration", figures.toString(), "--probabilities", "--json", "--noise"};

    JsonObject exact = run(program, with(with, "line_2"));

    // A wrong gate leaves a zero; of the ones that are left a quarter is misread.
    assertThat(exact.getAsJsonObject("probabilities").get("10").getAsDouble())
        .isCloseTo(0.8 * 0.75, within(1e-9));
    assertThat(cli("run", program, with(with, "readout:0.1")).err())
        .contains("expected: a device, such as line_8, beside --calibration");
    assertThat(cli("run", program, with(with, "line_3")).err())
        .contains("figures.json: gate_error: 2 numbers (expected: 3)");
  }

  @Test
  void counts_of_a_seed_are_the_same_each_time() throws IOException {
    JsonObject first = run(BELL, "--shots", "200", "--seed", "7", "--json");
    JsonObject second = run(BELL, "--shots", "200", "--seed", "7", "--json");

    assertThat(first.get("counts")).isEqualTo(second.get("counts"));
    assertThat(first.getAsJsonObject("counts").keySet()).containsExactly("00", "11");
    assertThat(first.getAsJsonObject("metadata").get("execution_seconds").getAsDouble())
        .isPositive();
  }

  @Test
  void all_declared_bits_are_written_when_asked_for() throws IOException {
    JsonObject answer = run(BELL, "--all-bits", "--probabilities", "--json");

    assertThat(answer.getAsJsonObject("probabilities").keySet()).containsExactly("0000", "0011");
  }

  @Test
  void method_that_was_asked_for_is_used() throws IOException {
    JsonObject answer = run(BELL, "--method", "stabilizer", "--json");

    assertThat(answer.getAsJsonObject("metadata").get("method").getAsString())
        .isEqualTo("stabilizer");
  }

  @Test
  void circuits_are_printed_in_a_version_that_has_words_for_them() throws IOException {
    String decides =
        """
        OPENQASM 2.0;
        include "qelib1.inc";
        qreg q[1];
        creg c[1];
        h q[0];
        measure q[0] -> c[0];
        if (c == 1) x q[0];
        measure q[0] -> c[0];
        """;

    assertThat(cli("optimize", decides).out()).contains("OPENQASM 3.0;", "if (");
    CliRun.Result refused = cli("optimize", decides, "--format", "qasm2");
    assertThat(refused.exitCode()).isNotZero();
    assertThat(refused.err()).contains("OpenQASM 2 has no words", "--format qasm3");
    assertThat(cli("optimize", BELL, "--format", "qasm2").out())
        .contains("OPENQASM 2.0;", "measure q[0] -> c[0];");
  }

  @Test
  void bits_of_a_source_may_be_called_as_a_device_calls_its_qubits() throws IOException {
    String source =
        """
        OPENQASM 3.0;
        include "stdgates.inc";
        bit[2] q;
        qubit[2] q_;
        x q_[1];
        q = measure q_;
        """;
    String compiled = cli("compile", source, "--device", "line_4").out();

    assertThat(run(compiled, "--json").getAsJsonObject("counts").keySet()).containsExactly("10");
  }

  @Test
  void a_carriage_return_ends_a_comment() throws IOException {
    String source =
        "OPENQASM 3.0;include \"stdgates.inc\"; // one\r"
            + "qubit q; bit c; // two\r"
            + "x q; c = measure q;";

    assertThat(run(source, "--json").getAsJsonObject("counts").keySet()).containsExactly("1");
  }

  @Test
  void the_library_of_version_2_is_kept_to() throws IOException {
    String source =
        """
        OPENQASM 2.0;
        include "qelib1.inc";
        qreg q[2];
        u1(0.5) q[0];
        cu1(0.25) q[0], q[1];
        """;

    assertThat(cli("optimize", source).out()).contains("u1(0.5) q[0];", "cu1(0.25) q[0], q[1];");
  }

  @Test
  void method_that_nobody_knows_is_refused_with_the_names() throws IOException {
    CliRun.Result result = cli("run", BELL, "--method", "magic");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("--method").contains("statevector").contains("magic");
  }

  @Test
  void errors_of_a_program_have_their_place() throws IOException {
    CliRun.Result result = cli("validate", "OPENQASM 3.0;\nqubit q;\nfoo q;\n", "--json");

    assertThat(result.exitCode()).isEqualTo(2);
    JsonObject answer = JsonParser.parseString(result.out()).getAsJsonObject();
    assertThat(answer.get("valid").getAsBoolean()).isFalse();
    JsonObject error = answer.getAsJsonArray("errors").get(0).getAsJsonObject();
    assertThat(error.get("line").getAsInt()).isEqualTo(3);
    assertThat(error.get("column").getAsInt()).isEqualTo(1);
    assertThat(error.get("message").getAsString()).contains("foo");
  }

  @Test
  void grammar_alone_lets_undeclared_names_pass() throws IOException {
    assertThat(cli("validate", "OPENQASM 3.0;\nfoo q;\n", "--syntax", "--json").exitCode())
        .isZero();
    assertThat(cli("validate", "OPENQASM 3.0;\nfoo q\n", "--syntax", "--json").exitCode())
        .isEqualTo(2);
  }

  @Test
  void inputs_of_a_program_get_their_values() throws IOException {
    String program =
        """
        OPENQASM 3.0;
        include "stdgates.inc";
        input angle a;
        qubit q;
        rx(a) q;
        bit c = measure q;
        """;

    CliRun.Result given = cli("run", program, "--input", "a=pi", "--shots", "10", "--json");
    CliRun.Result missing = cli("run", program);

    assertThat(given.out()).contains("\"counts\":{\"1\":10}");
    assertThat(missing.err()).contains("input \"a\" has no value");
    assertThat(cli("validate", program, "--json").exitCode()).isZero();
  }

  @Test
  void options_that_say_nothing_or_two_things_are_refused_by_name() throws IOException {
    assertThat(cli("run", BELL, "--input", "a").err())
        .contains("--input: \"a\" (expected: NAME=VALUE, such as theta=0.5)");
    assertThat(cli("compile", BELL, "--device", "line_2", "--input", "k=1", "--input", "k=2").err())
        .contains("--input: \"k=2\" (expected: one value for k)");
    assertThat(cli("run", BELL, "--noise", "").err()).contains("--noise: \"\" (expected: a model");
    assertThat(cli("run", BELL, "--observable", "").err())
        .contains("--observable: \"\" (expected: a sum");
    assertThat(cli("run", BELL, "--observable", "Z0*Z0").err())
        .contains("expected: one operator to a qubit in each product: two on 0");
  }

  @Test
  void the_set_of_a_sweep_that_is_wrong_is_named() throws IOException {
    Path sets =
        Files.writeString(folder.resolve("sets.jsonl"), "{\"a\": 1}\n{\"b\": 1}\n{\"a\": 2}\n");
    String program = "OPENQASM 3.0; include \"stdgates.inc\"; input float a; qubit q; rx(a) q;";

    CliRun.Result result = cli("run", program, "--sweep", sets.toString());

    assertThat(result.err()).contains("--sweep: set 2: ");
  }

  @Test
  void a_figure_that_a_calibration_has_twice_is_refused() throws IOException {
    Path figures =
        Files.writeString(
            folder.resolve("twice.json"), "{\"t1_us\": 50, \"t2_us\": 40, \"t1_us\": 90}");

    assertThat(
            cli("compile", BELL, "--device", "line_2", "--calibration", figures.toString()).err())
        .contains("twice.json: t1_us: twice (expected: once)");
  }

  @Test
  void inputs_of_several_values_are_lists() throws IOException {
    String program =
        """
        OPENQASM 3.0;
        include "stdgates.inc";
        input bit[3] k;
        input array[angle, 2, 2] turns;
        input array[int, 2] n;
        qubit[3] q;
        bit[3] c;
        for int i in [0:2] { if (k[i]) x q[i]; }
        rx(turns[1, 0]) q[2];
        if (n[1] == 7) { x q[0]; }
        c = measure q;
        """;
    String[] inputs = {"--input", "turns=[[0, 0], [pi, 0]]", "--input", "n={3, 7}"};

    assertThat(
            run(program, with(inputs, "--input", "k=[1,1,0]", "--json")).get("counts").toString())
        .isEqualTo("{\"110\":1024}");
    assertThat(cli("run", program, with(inputs, "--input", "k=[1,1]")).err())
        .contains("input \"k\" is \"[1,1]\" (expected: bit[3])");
    assertThat(cli("run", program, "--input", "k=011", "--input", "n=3").err())
        .contains("input \"turns\" has no value");
    assertThat(cli("validate", program, "--json").exitCode()).isZero();
  }

  @Test
  void inputs_without_a_value_stay_open_through_compiling() throws IOException {
    String program =
        """
        OPENQASM 3.0;
        include "stdgates.inc";
        input float theta;
        input int times;
        qubit[3] q;
        for int i in [1:times] { crz(theta / 2) q[0], q[2]; ry(theta) q[1]; }
        """;
    CliRun.Result compiled =
        cli("compile", program, "--device", "line_3", "--input", "times=2", "--json");

    assertThat(compiled.exitCode()).as(compiled.err()).isZero();
    JsonObject answer = JsonParser.parseString(compiled.out()).getAsJsonObject();
    assertThat(answer.get("qasm").getAsString()).contains("input float theta;", "*theta");
    assertThat(answer.getAsJsonObject("certificate").get("bindings").getAsInt()).isEqualTo(4);
    assertThat(cli("compile", program, "--device", "line_3").err())
        .contains("input \"times\" has no value");
    assertThat(cli("optimize", program, "--input", "times=1", "--input", "thta=1").err())
        .contains("param.thta");
  }

  @Test
  void parameters_of_other_languages_stay_open_and_get_values() throws IOException {
    Path document =
        Files.writeString(
            folder.resolve("open.json"),
            "{\"operations\":[{\"op\":\"RX\",\"params\":{\"theta\":\"gamma\"},\"q\":[0]},"
                + "{\"op\":\"RZ\",\"params\":{\"theta\":\"beta\"},\"q\":[0]}],"
                + "\"parameters\":{\"beta\":0.5},\"qubits\":1,\"version\":\"1.0.0\"}");
    Path eigen =
        Files.writeString(
            folder.resolve("open.eigen.py"),
            """
            from eigen_lang import hybrid_program, Param, rx, rz

            @hybrid_program
            def main():
                rx(0, theta=Param("gamma"))
                rz(0, theta=Param("beta", 0.5))
            """);
    for (Path file : List.of(document, eigen)) {
      CliRun.Result open = new CliRun().run("optimize", file.toString());
      CliRun.Result bound =
          new CliRun().run("optimize", file.toString(), "--input", "gamma=pi", "--input", "beta=0");

      assertThat(open.out()).as(open.err()).contains("input float gamma;", "rx(gamma) q[0];");
      assertThat(open.out()).contains("rz(0.5) q[0];");
      assertThat(bound.out()).as(bound.err()).doesNotContain("input").contains("x q[0];");
    }
  }

  private static String[] with(String[] some, String... more) {
    return Stream.concat(Stream.of(some), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void compiled_circuit_fits_the_device_and_is_certified() throws IOException {
    CliRun.Result result =
        cli("compile", BELL, "--device", "line_3", "--level", "2", "--seed", "1", "--json");

    assertThat(result.exitCode()).as(result.err()).isZero();
    JsonObject answer = JsonParser.parseString(result.out()).getAsJsonObject();
    assertThat(answer.getAsJsonObject("certificate").get("equivalent").getAsBoolean()).isTrue();
    assertThat(answer.getAsJsonObject("metrics").get("two_qubit_gates").getAsInt()).isEqualTo(1);
    assertThat(answer.getAsJsonObject("metrics").get("swaps").getAsInt()).isZero();
    assertThat(answer.getAsJsonObject("layout").getAsJsonArray("initial")).hasSize(2);
    Path compiled =
        Files.writeString(folder.resolve("compiled.qasm"), answer.get("qasm").getAsString());
    assertThat(equiv(folder.resolve("program.qasm"), compiled).get("equivalent").getAsBoolean())
        .isTrue();
  }

  @Test
  void circuits_that_differ_are_not_equivalent() throws IOException {
    Path one = Files.writeString(folder.resolve("a.qasm"), "OPENQASM 3.0; qubit q; U(0,0,1) q;");
    Path other = Files.writeString(folder.resolve("b.qasm"), "OPENQASM 3.0; qubit q; U(0,0,2) q;");

    assertThat(equiv(one, other).get("equivalent").getAsBoolean()).isFalse();
    assertThat(equiv(one, one).get("equivalent").getAsBoolean()).isTrue();
  }

  @Test
  void device_that_nobody_knows_is_refused_with_the_names() throws IOException {
    CliRun.Result result = cli("compile", BELL, "--device", "moon");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("--device").contains("moon").contains("heavy_hex_127");
  }

  @Test
  void circuit_is_drawn_in_characters_and_as_an_image() throws IOException {
    assertThat(cli("draw", BELL, "--ascii").out()).contains("q[0] --h--*--M----").isASCII();
    assertThat(cli("draw", BELL).out()).contains("q[0] ──h──●──M─");
    assertThat(cli("draw", BELL, "--format", "svg").out()).startsWith("<svg ");
    assertThat(cli("draw", BELL, "--format", "oil").err()).contains("--format").contains("oil");
  }

  @Test
  void optimized_circuit_is_shorter_and_certified() throws IOException {
    String program =
        """
        OPENQASM 2.0;
        include "qelib1.inc";
        qreg q[2];
        cx q[0],q[1]; rz(0.3) q[1]; cx q[0],q[1]; h q[0]; cx q[1],q[0]; ry(0.2) q[0]; cx q[1],q[0];
        cx q[0],q[1]; t q[1]; cx q[0],q[1];
        """;

    CliRun.Result result = cli("optimize", program, "--json");

    assertThat(result.exitCode()).as(result.err()).isZero();
    JsonObject answer = JsonParser.parseString(result.out()).getAsJsonObject();
    assertThat(answer.getAsJsonObject("before").get("two_qubit_gates").getAsInt()).isEqualTo(6);
    assertThat(answer.getAsJsonObject("after").get("two_qubit_gates").getAsInt())
        .isLessThanOrEqualTo(3);
    assertThat(answer.getAsJsonObject("certificate").get("equivalent").getAsBoolean()).isTrue();
    Path shorter =
        Files.writeString(folder.resolve("shorter.qasm"), answer.get("qasm").getAsString());
    assertThat(equiv(folder.resolve("program.qasm"), shorter).get("equivalent").getAsBoolean())
        .isTrue();
  }

  @Test
  void difference_has_the_changed_operations_and_a_verdict() throws IOException {
    Path one =
        Files.writeString(folder.resolve("a.qasm"), BELL.replace("h q[0];", "h q[0]; t q[1];"));
    Path other = Files.writeString(folder.resolve("b.qasm"), BELL.replace("h q[0];", "x q[0];"));

    CliRun.Result result = new CliRun().run("diff", one.toString(), other.toString(), "--json");

    JsonObject answer = JsonParser.parseString(result.out()).getAsJsonObject();
    assertThat(answer.getAsJsonArray("changes").toString())
        .isEqualTo(
            "[{\"change\":\"removed\",\"operation\":1,\"text\":\"h q[0]\"},"
                + "{\"change\":\"removed\",\"operation\":2,\"text\":\"t q[1]\"},"
                + "{\"change\":\"added\",\"operation\":1,\"text\":\"x q[0]\"}]");
    assertThat(answer.get("equivalent").getAsBoolean()).isFalse();
    assertThat(new CliRun().run("diff", one.toString(), other.toString()).out())
        .contains("- 1: h q[0]")
        .contains("+ 1: x q[0]")
        .endsWith("not equivalent\n");
  }

  private static JsonObject equiv(Path one, Path other) {
    CliRun.Result result = new CliRun().run("equiv", one.toString(), other.toString(), "--json");
    assertThat(result.exitCode()).as(result.err()).isZero();
    return JsonParser.parseString(result.out()).getAsJsonObject();
  }

  @Test
  void means_shots_and_amplitudes_are_told_on_request() throws IOException {
    String program = "OPENQASM 3.0; qubit[2] q; U(pi / 3, 0, 0) q[0];";

    JsonObject answer =
        run(
            program,
            "--observable",
            "Z0; X1 + 2",
            "--memory",
            "--statevector",
            "--shots",
            "5",
            "--json");

    JsonObject metadata = answer.getAsJsonObject("metadata");
    assertThat(metadata.get("energy").getAsString()).isEqualTo("0.500000");
    assertThat(metadata.get("expectation").getAsDouble()).isCloseTo(0.5, within(1e-9));
    assertThat(metadata.get("variance").getAsDouble()).isCloseTo(0.75, within(1e-9));
    assertThat(metadata.getAsJsonArray("expectation_values")).hasSize(2);
    assertThat(answer.getAsJsonArray("memory")).hasSize(5);
    assertThat(answer.getAsJsonArray("statevector")).hasSize(4);
    assertThat(cli("run", program, "--observable", "Z2").err()).contains("qubit 2");
  }

  @Test
  void inputs_are_varied_until_the_observable_is_smallest() throws IOException {
    String program = "OPENQASM 3.0; include \"stdgates.inc\"; input angle a; qubit q; ry(a) q;";

    JsonObject answer =
        run(
            program,
            "--minimize",
            "cobyla",
            "--observable",
            "X0 + Z0",
            "--input",
            "a=0.1",
            "--json");

    JsonObject metadata = answer.getAsJsonObject("metadata");
    assertThat(metadata.get("energy").getAsString()).isEqualTo("-1.414214");
    assertThat(metadata.get("optimizer").getAsString()).isEqualTo("COBYLA");
    assertThat(metadata.getAsJsonObject("parameters").get("a").getAsDouble())
        .isCloseTo(-Math.PI * 3 / 4, within(0.01));
    assertThat(cli("run", program, "--minimize", "luck", "--observable", "Z0").err())
        .contains("--minimize", "Nelder-Mead");
    assertThat(cli("run", program, "--minimize", "SPSA", "--input", "a=0").err())
        .contains("an observable as well");
  }

  @Test
  void hydrogen_in_eigen_lang_is_found_within_chemical_accuracy() throws IOException {
    Path program =
        Files.writeString(
            folder.resolve("h2.eigen.py"),
            """
            from eigen_lang import *

            @hybrid_program(shots=100, seed=3)
            def h2():
                a = Param("a", 0.1)
                b = Param("b", 0.2)
                c = Param("c", 0.3)
                d = Param("d", 0.4)
                ry(0, a)
                ry(1, b)
                cx(0, 1)
                ry(0, c)
                ry(1, d)
                h = Observable("-1.052373245772859 + 0.39793742484318045*Z0"
                    " - 0.39793742484318045*Z1 - 0.01128010425623538*Z0*Z1"
                    " + 0.18093119978423156*X0*X1")
                return minimize(ExpectationValue(observable=h), [a, b, c, d])
            """);

    CliRun.Result result = new CliRun().run("run", program.toString(), "--json");

    JsonObject metadata =
        JsonParser.parseString(result.out()).getAsJsonObject().getAsJsonObject("metadata");
    assertThat(metadata.get("energy").getAsDouble()).isCloseTo(-1.857275, within(0.0016));
    assertThat(metadata.get("shots").getAsString()).isEqualTo("100");
    assertThat(metadata.get("seed").getAsString()).isEqualTo("3");
  }

  @Test
  void a_sweep_gives_a_line_for_each_set_of_values() throws IOException {
    Path rows = Files.writeString(folder.resolve("rows.jsonl"), "{\"a\": 0}\n{\"a\": \"pi\"}\n");
    String program = "OPENQASM 3.0; input angle a; qubit q; U(a, 0, 0) q;";

    CliRun.Result result =
        cli("run", program, "--sweep", rows.toString(), "--observable", "Z0", "--seed", "1");

    List<JsonObject> lines =
        result.out().lines().map(line -> JsonParser.parseString(line).getAsJsonObject()).toList();
    assertThat(lines)
        .extracting(line -> line.getAsJsonObject("metadata").get("energy").getAsString())
        .containsExactly("1.000000", "-1.000000");
    assertThat(lines.getLast().getAsJsonObject("inputs").get("a").getAsString()).isEqualTo("pi");
    Files.writeString(rows, "{\"a\": 0}\n{\"b\": 0}\n");
    assertThat(cli("run", program, "--sweep", rows.toString()).err())
        .contains("param.b", "one of a");
    Files.writeString(rows, "{\"a\": 0}\n{\"a\": [0]}\n");
    assertThat(cli("run", program, "--sweep", rows.toString()).err()).contains("line 2");
  }

  private JsonObject run(String program, String... options) throws IOException {
    CliRun.Result result = cli("run", program, options);
    assertThat(result.exitCode()).as(result.err()).isZero();
    return JsonParser.parseString(result.out()).getAsJsonObject();
  }

  private CliRun.Result cli(String command, String program, String... options) throws IOException {
    Path file = Files.writeString(folder.resolve("program.qasm"), program);
    String[] line = new String[options.length + 2];
    line[0] = command;
    line[1] = file.toString();
    System.arraycopy(options, 0, line, 2, options.length);
    return new CliRun().run(line);
  }
}
