package dev.reeve.quantum.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.ProblemException;
import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.OpenCircuits;
import dev.reeve.quantum.qasm.OpenQasm;
import dev.reeve.quantum.qasm.QasmOptions;
import dev.reeve.quantum.qasm.QasmPrinter;
import dev.reeve.quantum.qasm.QasmProgram;
import dev.reeve.quantum.qasm.QasmVersion;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Programs whose inputs have no values yet: read, compared, compiled and written.
class OpenCircuitTest {
  private static final String HEAD = "OPENQASM 3.0; include \"stdgates.inc\"; ";

  /// Every gate with an angle, also under controls, and sums of inputs.
  private static final String EVERYTHING =
      HEAD
          + """
          input float a; input angle b; input float[64] c;
          qubit[4] q;
          gate mine(t) x0, x1 { rz(t / 2) x0; cp(3 * t) x0, x1; u3(t, -t, 0.3) x1; }
          h q; rx(a) q[0]; ry(2 * a + c) q[1]; rz(-c) q[2]; p(pi / 3 + a / 3) q[3];
          crx(c) q[0], q[1]; cry(a - c) q[1], q[2]; crz(pi * a) q[2], q[3]; cp(c) q[3], q[0];
          mine(a) q[1], q[3]; rx(b) q[2]; rz(-b) q[1]; negctrl @ ry(c) q[0], q[3];
          ctrl @ ctrl @ rz(a) q[0], q[1], q[2]; ctrl @ gphase(c) q[1]; inv @ ry(a) q[0];
          ctrl(2) @ p(a) q[3], q[2], q[0]; cu(a, c, 0.2, 2 * c) q[0], q[2]; gphase(a);
          """;

  @Test
  void what_is_read_is_the_program_for_all_values() {
    Circuit open = open(EVERYTHING);

    assertThat(OpenCircuits.inputs(open.operations())).containsExactly("a", "b", "c");
    for (double value : new double[] {0.1, 1.9, -2.5, 3}) {
      Map<String, Double> values = Map.of("a", value, "b", Math.abs(value), "c", 1 - value);
      Circuit bound = bound(EVERYTHING, values);

      assertThat(CircuitEquivalence.compare(OpenCircuits.bind(open, values), bound).equivalent())
          .as("%s", values)
          .contains(true);
    }
  }

  @ParameterizedTest
  @EnumSource(CompileLevel.class)
  void what_is_compiled_keeps_its_inputs_and_does_the_same(CompileLevel level) {
    CompiledCircuit compiled =
        new CircuitCompiler(DeviceModels.of("line_5").orElseThrow())
            .compile(open(EVERYTHING), level, 7);

    assertThat(compiled.certificate().equivalent()).contains(true);
    assertThat(compiled.certificate().bindings()).isEqualTo(OpenCheck.BINDINGS);
    String text = QasmPrinter.print(compiled.circuit(), QasmVersion.V3, read(EVERYTHING).inputs());
    assertThat(text).contains("input float a;", "input angle b;", "input float[64] c;");
    Map<String, Double> values = Map.of("a", 1.3, "b", 4.5, "c", -0.7);
    assertThat(
            CircuitEquivalence.compare(
                    bound(text, values), OpenCircuits.bind(compiled.circuit(), values))
                .equivalent())
        .contains(true);
  }

  @ParameterizedTest
  @EnumSource(CompileLevel.class)
  void what_is_optimized_keeps_its_inputs_and_does_the_same(CompileLevel level) {
    CircuitOptimizer.Optimized shorter = CircuitOptimizer.optimize(open(EVERYTHING), level);

    assertThat(shorter.certificate().equivalent()).contains(true);
    assertThat(shorter.certificate().bindings()).isEqualTo(OpenCheck.BINDINGS);
  }

  @Test
  void turns_by_inputs_are_added_up_also_past_flips() {
    Circuit source =
        open(
            HEAD
                + "input float t; qubit[2] q; rz(t) q[1]; cx q[0], q[1]; rz(0.5) q[0]; cx q[0],"
                + " q[1]; rz(2 * t) q[1]; rx(t) q[0]; rx(-t) q[0];");

    CircuitOptimizer.Optimized shorter = CircuitOptimizer.optimize(source, CompileLevel.HIGH);

    assertThat(QasmPrinter.print(shorter.circuit(), QasmVersion.V3)).contains("p(3.0*t) q[1];");
    assertThat(shorter.after().gates()).isEqualTo(2);
    assertThat(shorter.certificate().equivalent()).contains(true);
  }

  @Test
  void decisions_keep_angles_that_inputs_decide() {
    Circuit source =
        open(
            HEAD
                + "input float t; qubit[2] q; bit c; bit d; h q[0]; rx(t) q[1]; c = measure q[0];"
                + " if (c) { crx(t) q[0], q[1]; } d = measure q[1];");

    CompiledCircuit compiled =
        new CircuitCompiler(DeviceModels.of("line_3").orElseThrow())
            .compile(source, CompileLevel.MEDIUM, 1);

    assertThat(compiled.certificate().equivalent()).contains(true);
    assertThat(compiled.certificate().bindings()).isEqualTo(OpenCheck.BINDINGS);
  }

  @Test
  void a_wide_circuit_is_compared_for_multiples_of_half_a_turn() {
    String layer =
        "input float a; input float b; qubit[40] q; h q; for int i in [0:38] { cx q[i], q[i + 1];"
            + " rz(2 * a) q[i + 1]; cx q[i], q[i + 1]; } rx(b / 2) q;";
    CompiledCircuit compiled =
        new CircuitCompiler(DeviceModels.of("line_40").orElseThrow())
            .compile(open(HEAD + layer), CompileLevel.LIGHT, 1);

    assertThat(compiled.certificate())
        .isEqualTo(
            new Certificate(
                Optional.of(true), Certificate.Method.CLIFFORD_TABLEAU, OpenCheck.BINDINGS));
    assertThat(compiled.swaps()).isZero();
    assertThat(
            CircuitEquivalence.compare(
                    open(HEAD + layer), open(HEAD + layer.replace("rx(b / 2)", "rx(b)")))
                .equivalent())
        .contains(false);
  }

  @Test
  void a_difference_shows_for_some_values_alone() {
    Circuit one = open(HEAD + "input float t; qubit q; rx(t) q;");
    Circuit same = open(HEAD + "input float t; qubit q; h q; rz(t) q; h q;");
    Circuit other = open(HEAD + "input float t; qubit q; rx(1.001 * t) q;");
    Circuit known = open(HEAD + "qubit q; id q;");

    assertThat(CircuitEquivalence.compare(one, same))
        .isEqualTo(
            new Certificate(
                Optional.of(true), Certificate.Method.WHOLE_UNITARY, OpenCheck.BINDINGS));
    assertThat(CircuitEquivalence.compare(one, other).equivalent()).contains(false);
    assertThat(CircuitEquivalence.compare(one, known).equivalent()).contains(false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "input float t; qubit q; rx(sin(t)) q;",
        "input float t; qubit q; rx(t * t) q;",
        "input float t; input float s; qubit q; rx(s * t) q;",
        "input float t; qubit q; if (t > 1) { x q; }",
        "input float t; qubit q; for int i in [0:int(t)] { x q; }",
        "input angle t; qubit[2] q; crx(3 * t) q[0], q[1];",
        "input float t; qubit[2] q; pow(t) @ cx q[0], q[1];",
        "input float t; qubit q; delay[t * 1ns] q; x q;",
      })
  void what_follows_an_input_otherwise_is_refused_by_its_name(String program) {
    assertThatThrownBy(() -> open(HEAD + program))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("param.");
  }

  private static Circuit open(String text) {
    return read(text).circuit();
  }

  private static QasmProgram.Open read(String text) {
    return prepared(text).open(Map.of(), CancelSignal.NEVER);
  }

  private static Circuit bound(String text, Map<String, Double> values) {
    return prepared(text)
        .bind(
            values.entrySet().stream()
                .collect(
                    Collectors.toMap(Map.Entry::getKey, each -> Double.toString(each.getValue()))),
            CancelSignal.NEVER);
  }

  private static QasmProgram prepared(String text) {
    return OpenQasm.prepare(text.getBytes(StandardCharsets.UTF_8), QasmOptions.DEFAULT);
  }
}
