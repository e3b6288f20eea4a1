package dev.reeve.quantum.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.qasm.OpenQasm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What counts as the same, and what does not.
class CircuitEquivalenceTest {
  private static final int QUBITS = 14;

  @Test
  void rounding_of_many_gates_is_no_difference() {
    Circuit turned = Circuit.of(2, 0, Collections.nCopies(20_000, turn(0.1)));
    Circuit atOnce = Circuit.of(2, 0, List.of(turn(2_000)));

    assertThat(CircuitEquivalence.compare(turned, atOnce).equivalent()).contains(true);
  }

  @Test
  void a_small_turn_is_a_difference_by_every_method() {
    for (int qubits : new int[] {2, QUBITS}) {
      List<Operation> plain = uniform(qubits);
      List<Operation> turned = uniform(qubits);
      turned.add(turn(1e-7));

      assertThat(same(Circuit.of(qubits, 0, plain), Circuit.of(qubits, 0, turned))).isFalse();
    }
  }

  @Test
  void a_tiny_turn_is_told_from_a_clifford_gate() {
    Circuit nothing = parse(HEAD + "qubit q; x q; x q;");

    assertThat(same(parse(HEAD + "qubit q; rx(1e-5) q;"), nothing)).isFalse();
    assertThat(same(parse(HEAD + "qubit q; rx(1e-8) q;"), nothing)).isFalse();
    assertThat(same(parse(HEAD + "qubit q; rx(1e-12) q;"), nothing)).isTrue();
    assertThat(same(parse(HEAD + "qubit q; rz(pi / 2) q;"), parse(HEAD + "qubit q; s q;")))
        .isTrue();
  }

  @Test
  void distributions_are_compared_as_a_whole_and_not_outcome_by_outcome() {
    List<Operation> plain = uniform(QUBITS);
    List<Operation> turned = uniform(QUBITS);
    turned.add(turn(1e-8));

    assertThat(same(measured(plain), measured(turned))).isFalse();
    assertThat(same(measured(plain), measured(plain))).isTrue();
  }

  @Test
  void a_measurement_that_nobody_keeps_is_no_part_of_the_same_circuit() {
    String plain =
        """
        OPENQASM 3.0; include "stdgates.inc"; qubit[3] q; bit[2] c;
        h q[0];
        c[1] = measure q[1];
        if (c[1]) { x q[2]; }
        h q[0];
        c[0] = measure q[0];
        """;
    Circuit unlike = parse(plain.replaceFirst("h q\\[0];", "h q[0]; measure q[0];"));

    assertThat(CircuitEquivalence.compare(parse(plain), parse(plain)).equivalent()).contains(true);
    assertThat(same(parse(plain), unlike)).isFalse();
    assertThat(same(unlike, parse(plain))).isFalse();
  }

  @Test
  void a_further_bit_is_no_part_of_the_same_circuit() {
    String plain =
        """
        OPENQASM 3.0; include "stdgates.inc"; qubit[3] q; bit[3] c;
        h q[0];
        c[1] = measure q[1];
        if (c[1]) { x q[2]; }
        h q[0];
        c[2] = measure q[0];
        """;
    Circuit unlike = parse(plain.replaceFirst("h q\\[0];", "h q[0]; c[0] = measure q[0];"));

    assertThat(CircuitEquivalence.compare(parse(plain), unlike).equivalent().orElse(false))
        .isFalse();
    assertThat(CircuitEquivalence.compare(unlike, parse(plain)).equivalent().orElse(false))
        .isFalse();
  }

  @Test
  void nothing_is_told_once_the_budget_is_spent() {
    List<GateOperation> gates =
        List.of(GateOperation.of(Gate.T, 0), turn(0.3), GateOperation.of(Gate.T, 0));
    long once = 6L << 2;
    CheckBudget budget = new CheckBudget(2 * once, CancelSignal.NEVER);

    assertThat(UnitaryCheck.compare(gates, gates, Tolerance.EXACT, 1, budget).equivalent())
        .contains(true);
    assertThat(UnitaryCheck.compare(gates, gates, Tolerance.EXACT, 1, budget).equivalent())
        .contains(true);
    assertThat(UnitaryCheck.compare(gates, gates, Tolerance.EXACT, 1, budget))
        .isEqualTo(Certificate.unknown());
  }

  private static final String HEAD = "OPENQASM 3.0; include \"stdgates.inc\"; ";

  @Test
  void a_decision_does_what_the_controlled_gate_before_the_measurement_does() {
    Circuit decided =
        parse(
            HEAD
                + "qubit[2] q; bit[2] c; ry(0.7) q[0]; c[0] = measure q[0];"
                + " if (c[0]) ry(1.1) q[1]; c[1] = measure q[1];");
    Circuit controlled =
        parse(HEAD + "qubit[2] q; bit[2] c; ry(0.7) q[0]; cry(1.1) q[0], q[1]; c = measure q;");
    Circuit unlike =
        parse(HEAD + "qubit[2] q; bit[2] c; ry(0.7) q[0]; cry(1.1001) q[0], q[1]; c = measure q;");

    assertThat(same(decided, controlled)).isTrue();
    assertThat(leavesTheSame(decided, controlled)).isTrue();
    assertThat(same(decided, unlike)).isFalse();
  }

  @Test
  void a_qubit_used_again_gives_the_same_results_and_leaves_another_state() {
    Circuit wide =
        parse(
            HEAD
                + "qubit[3] q; bit[2] c; x q[2]; h q; cx q[0], q[2]; cx q[1], q[2]; h q;"
                + " c[0] = measure q[0]; c[1] = measure q[1];");
    Circuit reused =
        parse(
            HEAD
                + "qubit[2] q; bit[2] c; x q[1]; h q[1]; for int i in [0:1] { reset q[0]; h q[0];"
                + " cx q[0], q[1]; h q[0]; c[i] = measure q[0]; }");

    assertThat(same(wide, reused)).isTrue();
    assertThat(leavesTheSame(wide, reused)).isFalse();
  }

  @Test
  void repeating_until_success_is_what_it_succeeds_in() {
    Circuit repeated =
        parse(
            HEAD
                + "qubit[2] q; bit c; bit done; while (!done) { reset q; h q[0]; h q[1];"
                + " cz q[0], q[1]; h q[1]; done = measure q[1]; } c = measure q[0];");
    Circuit direct =
        parse(HEAD + "qubit[2] q; bit c; bit done; x q; c = measure q[0]; done = measure q[1];");

    assertThat(same(repeated, direct)).isTrue();
  }

  @Test
  void a_wrong_correction_is_found_in_what_is_left() {
    String teleport =
        HEAD
            + "qubit[3] q; bit a; bit b; rx(0.4) q[0]; rz(0.9) q[0]; h q[1]; cx q[1], q[2];"
            + " cx q[0], q[1]; h q[0]; a = measure q[0]; b = measure q[1]; if (b) x q[2];"
            + " if (a) z q[2];";
    String late =
        HEAD
            + "qubit[3] q; bit a; bit b; rx(0.4) q[0]; rz(0.9) q[0]; h q[1]; cx q[1], q[2];"
            + " cx q[0], q[1]; h q[0]; cx q[1], q[2]; cz q[0], q[2]; a = measure q[0];"
            + " b = measure q[1];";

    assertThat(leavesTheSame(parse(teleport), parse(late))).isTrue();
    assertThat(leavesTheSame(parse(teleport), parse(late.replace("cz q[0], q[2];", "")))).isFalse();
  }

  @Test
  void programs_without_results_are_compared_by_what_they_leave() {
    Circuit reset = parse(HEAD + "qubit[2] q; h q[0]; cx q[0], q[1]; reset q[0]; h q[0];");
    Circuit measured =
        parse(HEAD + "qubit[2] q; h q[1]; measure q[1]; h q[0]; z q[1]; rz(0.3) q[1];");
    Circuit turned = parse(HEAD + "qubit[2] q; h q[1]; measure q[1]; h q[0]; z q[0];");

    assertThat(CircuitEquivalence.compare(reset, measured))
        .isEqualTo(Certificate.of(true, Certificate.Method.FINAL_STATES));
    assertThat(same(reset, turned)).isFalse();
  }

  private static boolean leavesTheSame(Circuit first, Circuit second) {
    return CircuitEquivalence.leaveTheSame(first, second, CircuitEquivalence.compare(first, second))
        .orElseThrow();
  }

  private static Circuit parse(String text) {
    return OpenQasm.parse(text).orThrow();
  }

  private static GateOperation turn(double angle) {
    return GateOperation.of(Gate.RY, new double[] {angle}, 0);
  }

  /// Every outcome is equally likely, and no rotation by a tableau.
  private static List<Operation> uniform(int qubits) {
    List<Operation> operations = new ArrayList<>();
    for (int qubit = 0; qubit < qubits; qubit++) {
      operations.add(GateOperation.of(Gate.H, qubit));
      operations.add(GateOperation.of(Gate.T, qubit));
    }
    operations.add(GateOperation.of(Gate.TDG, 0));
    return operations;
  }

  private static Circuit measured(List<Operation> operations) {
    List<Operation> all = new ArrayList<>(operations);
    for (int qubit = 0; qubit < QUBITS; qubit++) {
      all.add(new Operation.Measure(qubit, qubit));
    }
    return Circuit.of(QUBITS, QUBITS, all);
  }

  private static boolean same(Circuit first, Circuit second) {
    return CircuitEquivalence.compare(first, second).equivalent().orElseThrow();
  }
}
