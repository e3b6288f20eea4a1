package dev.reeve.quantum.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
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
      turned.add(turn(1e-4));

      assertThat(same(Circuit.of(qubits, 0, plain), Circuit.of(qubits, 0, turned))).isFalse();
    }
  }

  @Test
  void distributions_are_compared_as_a_whole_and_not_outcome_by_outcome() {
    List<Operation> plain = uniform(QUBITS);
    List<Operation> turned = uniform(QUBITS);
    turned.add(turn(1e-5));

    assertThat(same(measured(plain), measured(turned))).isFalse();
    assertThat(same(measured(plain), measured(plain))).isTrue();
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
