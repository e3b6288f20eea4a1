package dev.reeve.quantum.qasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.Programs;
import dev.reeve.quantum.QuantumProblems;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The front end as its callers see it: versions, bounds, problems, cancel.
class OpenQasmTest {
  @ParameterizedTest
  @CsvSource({
    "OPENQASM 2.0;, '', V2",
    "OPENQASM 2;, 2, V2",
    "OPENQASM 2.0;, 2.0, V2",
    "OPENQASM 3;, '', V3",
    "OPENQASM 3.0;, 3, V3",
    "OPENQASM 3.1;, 3.0, V3",
    "/* c */ OPENQASM 3.1;, '', V3",
    "'', '', V3",
    "'', 2, V2",
    "'', 3.1, V3",
  })
  void version_comes_from_the_program_or_the_caller(
      String program, String expected, QasmVersion version) {
    QasmResult result = parse(program, QasmOptions.DEFAULT.withVersion(expected));

    assertThat(result)
        .isInstanceOfSatisfying(
            QasmResult.Parsed.class, parsed -> assertThat(parsed.version()).isEqualTo(version));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "OPENQASM 2.0# ; 3 ; the program is OpenQASM 2.0, but was sent as 3",
        "OPENQASM 3.0# ; 2 ; the program is OpenQASM 3.0, but was sent as 2",
        "OPENQASM 3.0# ; x ; OpenQASM x is not offered",
        "OPENQASM 3.2# ; '' ; OpenQASM 3.2 is not offered",
      })
  void version_that_does_not_match_is_refused(String program, String expected, String message) {
    QasmResult.Rejected rejected =
        rejected(program.replace('#', ';'), QasmOptions.DEFAULT.withVersion(expected));

    assertThat(rejected.diagnostics().getFirst().message()).isEqualTo(message);
    assertThat(rejected.diagnostics().getFirst().column()).isEqualTo(10);
  }

  @Test
  void problem_names_file_line_column_and_hint() {
    Problem problem =
        rejected(
                "OPENQASM 3.0;\nqubit q;\n  xx q;\nqubit q;",
                QasmOptions.DEFAULT.withFileName("bell.qasm"))
            .problem();

    assertThat(problem.code()).isEqualTo(QuantumProblems.QASM_INVALID);
    assertThat(problem.message()).isEqualTo("bell.qasm:3:3: gate \"xx\" is not defined and 1 more");
    assertThat(problem.metadata()).containsEntry("line", "3").containsEntry("column", "3");
    assertThat(problem.fields()).hasSize(2);
    assertThat(problem.fields().get(1).field()).isEqualTo("source");
    assertThat(problem.fields().get(1).description())
        .isEqualTo("bell.qasm:4:7: \"q\" is declared twice (choose another name)");
  }

  @ParameterizedTest
  @CsvSource({"1e300s", "1000001s", "-1ns"})
  void a_delay_out_of_range_is_refused(String length) {
    assertThat(rejected("qubit q; delay[" + length + "] q;", QasmOptions.DEFAULT).problem())
        .satisfies(problem -> {
          assertThat(problem.code()).isEqualTo(QuantumProblems.QASM_INVALID);
          assertThat(problem.message()).contains("source:1:16: a delay of ");
        });
    assertThat(OpenQasm.parse("qubit q; delay[1000000s] q;")).isInstanceOf(QasmResult.Parsed.class);
  }

  @Test
  void rendering_puts_a_caret_under_the_column() {
    QasmDiagnostic diagnostic =
        rejected("OPENQASM 3.0;\r\nqubit[2] π;\r\nreset π[2];", QasmOptions.DEFAULT)
            .diagnostics()
            .getFirst();

    assertThat(diagnostic.render())
        .isEqualTo(
            """
            source:3:9: index 2 is outside of "π", which has 2
              reset π[2];
                      ^
              hint: 0 to 1 are inside
            """);
  }

  @Test
  void only_unsupported_constructs_make_a_problem_of_their_own_kind() {
    assertThat(
            rejected("extern f(int) -> int; int n = f(1);", QasmOptions.DEFAULT).problem().code())
        .isEqualTo(QuantumProblems.QASM_UNSUPPORTED);
    assertThat(
            rejected("extern f(int) -> int; int n = f(1); qubit 2;", QasmOptions.DEFAULT)
                .problem()
                .code())
        .isEqualTo(QuantumProblems.QASM_INVALID);
  }

  @Test
  void source_above_its_bound_is_refused() {
    QasmOptions options = QasmOptions.DEFAULT.withLimits(QasmLimits.DEFAULT.withSourceBytesMax(20));

    Problem problem = rejected("OPENQASM 3.0; // twenty and more", options).problem();

    assertThat(problem.code()).isEqualTo(QuantumProblems.QASM_LIMIT_EXCEEDED);
    assertThat(problem.message()).isEqualTo("source:1:1: a source of 32 bytes (at most 20)");
  }

  @Test
  void source_at_its_bound_is_read() {
    String filled = "OPENQASM 3.0;\n" + "//".repeat((262_144 - 14) / 2);

    assertThat(filled).hasSize(262_144);
    assertThat(OpenQasm.parse(filled)).isInstanceOf(QasmResult.Parsed.class);
    assertThat(rejected(filled + " ", QasmOptions.DEFAULT).problem().code())
        .isEqualTo(QuantumProblems.QASM_LIMIT_EXCEEDED);
  }

  @Test
  void tokens_are_bounded() {
    QasmResult.Rejected rejected = rejected("1 ".repeat(131_000), bounded(1_000));

    assertThat(rejected.problem().message()).contains("more than 1000 tokens");
  }

  @Test
  void values_of_the_run_are_bounded_together() {
    QasmLimits few = new QasmLimits(4_096, 4_096, 64, 8, 64, 1_000, 100_000, 1_000, 20);
    String program =
        "qubit q; bit m; m = measure q; uint[32] v = uint[32](m); for int i in [1:900] { v = %s; }"
            .formatted(String.join(" + ", Collections.nCopies(20, "v")));

    assertThat(rejected(program, QasmOptions.DEFAULT.withLimits(few)).problem().message())
        .contains("values of the run with more than 8000 parts together");
  }

  @Test
  void nesting_is_bounded_in_every_direction() {
    String[] deep = {
      "const int n = " + "(".repeat(5_000) + "1" + ")".repeat(5_000) + ";",
      "const int n = " + "-".repeat(5_000) + "1;",
      "const int n = " + "2 ** ".repeat(5_000) + "1;",
      "{".repeat(5_000) + "}".repeat(5_000),
      "if (true) ".repeat(5_000) + "end;",
      "if (true) end; else ".repeat(5_000) + "end;",
      "const int n = " + "int(".repeat(5_000) + "1" + ")".repeat(5_000) + ";",
    };
    for (String program : deep) {
      assertThat(rejected(program, QasmOptions.DEFAULT).problem().message())
          .as(program.substring(0, 30))
          .contains("nested deeper than 64");
    }
  }

  @Test
  void long_sums_are_bounded() {
    assertThat(
            rejected("const int n = 1" + " + 1".repeat(5_000) + ";", QasmOptions.DEFAULT)
                .problem()
                .message())
        .contains("more than 1000 operations in one statement");
  }

  @Test
  void chain_of_gates_is_bounded() {
    StringBuilder program = new StringBuilder("gate g0 a { U(0, 0, 0) a; }");
    for (int i = 1; i < 3_000; i++) {
      program.append("gate g%d a { g%d a; }".formatted(i, i - 1));
    }

    assertThat(rejected(program.toString(), QasmOptions.DEFAULT).problem().message())
        .contains("gates defined by gates more than 64 deep");
  }

  @Test
  void errors_are_bounded() {
    QasmResult.Rejected rejected =
        rejected("qubit q; " + "oops q; ".repeat(500), QasmOptions.DEFAULT);

    assertThat(rejected.diagnostics()).hasSize(20);
    assertThat(rejected.more()).isTrue();
  }

  @Test
  void closing_braces_without_number_are_bounded_too() {
    assertThat(rejected("}".repeat(500), QasmOptions.DEFAULT).diagnostics()).hasSize(20);
  }

  @Test
  void bytes_that_are_no_text_are_refused_with_their_place() {
    byte[] source = "OPENQASM 3.0;\nqubit \u00e9;".getBytes(StandardCharsets.ISO_8859_1);

    QasmResult result = OpenQasm.parse(source, QasmOptions.DEFAULT, CancelSignal.NEVER);

    assertThat(result)
        .isInstanceOfSatisfying(
            QasmResult.Rejected.class,
            rejected ->
                assertThat(rejected.problem().message())
                    .isEqualTo("source:2:7: a byte that is not UTF-8 (save the file as UTF-8)"));
  }

  @Test
  void random_bytes_never_break_the_front_end() {
    byte[] alphabet =
        "qubit[2] q;cx(){}=+-*/\"0.1e@$\n#'\\~!&|<>,:ifforinpiOPENQASM 3.0;gate "
            .getBytes(StandardCharsets.UTF_8);
    Random random = new Random(7);
    for (int round = 0; round < 3_000; round++) {
      byte[] source = new byte[random.nextInt(120)];
      for (int i = 0; i < source.length; i++) {
        source[i] = alphabet[random.nextInt(alphabet.length)];
      }

      QasmResult result = OpenQasm.parse(source, QasmOptions.DEFAULT, CancelSignal.NEVER);

      assertThat(result).as(new String(source, StandardCharsets.UTF_8)).isNotNull();
    }
  }

  @Test
  void truncated_programs_never_break_the_front_end() {
    String program = Programs.resource("/qasmbench/bell_n4.qasm");
    for (int length = 0; length < program.length(); length++) {
      assertThat(OpenQasm.parse(program.substring(0, length))).isNotNull();
    }
  }

  @Test
  void cancel_is_felt_while_loops_are_unrolled() {
    int[] looks = new int[1];

    assertThatThrownBy(() ->
            OpenQasm.parse(
                "int n; for int i in [0:50000] { n = i; }".getBytes(StandardCharsets.UTF_8),
                QasmOptions.DEFAULT,
                () -> ++looks[0] > 3))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().code()).isEqualTo(QuantumProblems.QUANTUM_CANCELLED));
    assertThat(looks[0]).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"011\"", "011", "0b011", "3"})
  void bits_of_an_input_may_be_written_bare(String bits) {
    QasmProgram program =
        OpenQasm.prepare(
            "OPENQASM 3.0; input bit[3] k; output bit[3] c; c = k;"
                .getBytes(StandardCharsets.UTF_8),
            QasmOptions.DEFAULT);

    Circuit circuit = program.bind(Map.of("k", bits), CancelSignal.NEVER);

    assertThat(Programs.run(circuit, 2, 1).counts()).isEqualTo(Map.of("011", 2L));
  }

  private static QasmOptions bounded(int tokens) {
    QasmLimits d = QasmLimits.DEFAULT;
    return QasmOptions.DEFAULT.withLimits(
        new QasmLimits(
            d.sourceBytesMax() * 2,
            tokens,
            d.nestingMax(),
            d.qubitsMax(),
            d.bitsMax(),
            d.operationsMax(),
            d.stepsMax(),
            d.loopRoundsMax(),
            d.errorsMax()));
  }

  private static QasmResult parse(String program, QasmOptions options) {
    return OpenQasm.parse(program.getBytes(StandardCharsets.UTF_8), options, CancelSignal.NEVER);
  }

  private static QasmResult.Rejected rejected(String program, QasmOptions options) {
    QasmResult result = parse(program, options);
    assertThat(result).isInstanceOf(QasmResult.Rejected.class);
    return (QasmResult.Rejected) result;
  }
}
