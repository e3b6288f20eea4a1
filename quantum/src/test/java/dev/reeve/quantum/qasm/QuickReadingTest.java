package dev.reeve.quantum.qasm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// A program without a mistake is lowered while it is read. That shows in nothing but time and
/// memory.
class QuickReadingTest {
  @TestFactory
  Stream<DynamicTest> programs_mean_the_same_when_they_are_read_as_a_whole_first() {
    return ConformanceTest.cases().stream()
        .map(ConformanceTest.Case::program)
        .map(program ->
            DynamicTest.dynamicTest(
                program, () -> assertThat(circuit(program)).isEqualTo(readAsAWhole(program))));
  }

  @Test
  void a_program_of_more_tokens_than_are_looked_at_together_is_read() {
    String program = "OPENQASM 3; include \"stdgates.inc\"; qubit[3] q;\n";
    int repeated = 5_000;

    Circuit circuit =
        circuit(program + "rz(0.5) q[0]; { h q[1]; cx q[0], q[2]; }".repeat(repeated));

    assertThat(circuit.operations()).hasSize(3 * repeated);
    assertThat(circuit.operations().getLast())
        .isEqualTo(GateOperation.of(Gate.X, 2).controlledBy(0, true));
  }

  @Test
  void a_mistake_of_grammar_hides_others_behind_thousands_of_statements() {
    String program = "qubit q;\n" + "U(0, 0, 0) q;\n".repeat(5_000) + "U(0, 0) q;\nU(0, 0, 0) q\n";

    QasmResult result = parse(program);

    assertThat(result)
        .isInstanceOfSatisfying(
            QasmResult.Rejected.class,
            rejected ->
                assertThat(rejected.diagnostics())
                    .singleElement()
                    .satisfies(error -> {
                      assertThat(error.line()).isEqualTo(5_003);
                      assertThat(error.message()).contains("missing ;");
                    }));
  }

  @Test
  void a_physical_qubit_in_a_comment_is_none_of_the_program() {
    Circuit circuit = circuit("OPENQASM 3; // on $17\ninclude \"stdgates.inc\"; h $2;");

    assertThat(circuit.qubits()).isEqualTo(3);
  }

  @Test
  void what_stands_behind_an_end_is_not_run_but_must_be_right() {
    assertThat(circuit("qubit q; U(0, 0, 0) q; end; U(0, 0, 0) q;").operations()).hasSize(1);
    assertThat(parse("qubit q; end; U(0, 0, 0) q")).isInstanceOf(QasmResult.Rejected.class);
  }

  @Test
  void in_a_large_circuit_gates_that_are_equal_take_memory_once() {
    Circuit circuit =
        circuit("include \"stdgates.inc\"; qubit[2] q;" + "rx(0.1) q[0]; h q[1];".repeat(2_000));

    assertThat(circuit.operations().getLast()).isSameAs(circuit.operations().get(3_001));
  }

  private static Circuit circuit(String program) {
    return parse(program).orThrow();
  }

  private static QasmResult parse(String program) {
    return OpenQasm.parse(bytes(program), QasmOptions.DEFAULT.assumingInputs(), CancelSignal.NEVER);
  }

  private static Circuit readAsAWhole(String program) {
    return OpenQasm.prepare(bytes(program), QasmOptions.DEFAULT.assumingInputs())
        .bind(Map.of(), CancelSignal.NEVER);
  }

  private static byte[] bytes(String program) {
    return program.getBytes(StandardCharsets.UTF_8);
  }
}
