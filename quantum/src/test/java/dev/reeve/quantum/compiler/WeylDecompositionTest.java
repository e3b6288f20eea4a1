package dev.reeve.quantum.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Any gate on two qubits is built again from at most three flips, and from no more than made it.
class WeylDecompositionTest {
  private static final List<Gate> CLIFFORD = List.of(Gate.I, Gate.H, Gate.S, Gate.SX, Gate.Y);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 6})
  void gate_is_built_again_with_the_fewest_flips(int flips) {
    SplittableRandom random = new SplittableRandom(flips);
    for (int round = 0; round < 300; round++) {
      Matrix4 gate = Matrix4.identity();
      random(flips, round % 2 == 0, random).forEach(operation -> gate.then(operation, 0));

      WeylDecomposition found = WeylDecomposition.of(gate);

      List<Operation> built = PairSynthesis.build(found, 0, 1);
      Matrix4 again = Matrix4.identity();
      built.forEach(operation -> again.then((GateOperation) operation, 0));
      assertThat(again.overlap(gate)).isCloseTo(1, within(1e-12));
      assertThat(found.flips()).isLessThanOrEqualTo(Math.min(3, flips));
      assertThat(WeylDecomposition.flipsAtLeast(gate)).isLessThanOrEqualTo(found.flips());
      if (round % 2 == 1 && flips > 1) {
        assertThat(WeylDecomposition.flipsAtLeast(gate)).isEqualTo(found.flips());
      }
      assertThat(built)
          .filteredOn(operation -> Qubits.count(operation) == 2)
          .hasSize(found.flips());
      assertThat(found.strength(0)).isBetween(0.0, Math.PI / 4 + 1e-9);
      assertThat(found.strength(1)).isBetween(0.0, found.strength(0) + 1e-9);
    }
  }

  private static List<GateOperation> random(int flips, boolean clifford, RandomGenerator random) {
    List<GateOperation> gates = new ArrayList<>();
    for (int i = 0; i <= flips; i++) {
      for (int qubit = 0; qubit < 2; qubit++) {
        double[] turns = {
          3 * random.nextDouble(), 6 * random.nextDouble(), 6 * random.nextDouble(), 0
        };
        gates.add(
            clifford
                ? GateOperation.of(CLIFFORD.get(random.nextInt(CLIFFORD.size())), qubit)
                : GateOperation.of(Gate.U, turns, qubit));
      }
      if (i < flips) {
        int control = random.nextInt(2);
        gates.add(GateOperation.of(Gate.X, 1 - control).controlledBy(control, true));
      }
    }
    return gates;
  }
}
