package dev.reeve.quantum.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.Complex;
import dev.reeve.quantum.ComplexMatrix;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.Programs;
import dev.reeve.quantum.SplitMix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random circuits of every gate under every kind of control. A failure names the seed.
class RandomCircuitTest {
  private static final List<Gate> GATES =
      List.of(Gate.values()).stream().filter(gate -> gate != Gate.UNITARY).toList();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void state_equals_the_product_of_whole_matrices(long seed) {
    int qubits = 3 + (int) (seed % 5);
    List<Operation> operations = random(qubits, 60, seed);

    Complex[] actual = Programs.amplitudes(Circuit.of(qubits, 0, operations));

    Complex[] expected = NaiveState.of(qubits, operations);
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i].plus(expected[i].times(-1)).modulus())
          .as("seed %d, amplitude %d", seed, i)
          .isLessThan(1e-12);
      norm += actual[i].modulus() * actual[i].modulus();
    }
    assertThat(Math.abs(norm - 1)).as("seed %d, norm", seed).isLessThan(1e-12);
  }

  @Test
  void circuit_and_its_inverse_leave_the_zero_state_on_many_qubits() {
    long seed = 77;
    int qubits = 20;
    List<Operation> operations = random(qubits, 60, seed);
    List<Operation> thereAndBack = new ArrayList<>(operations);
    for (Operation operation : operations.reversed()) {
      thereAndBack.add(((GateOperation) operation).inverse());
    }

    Complex[] state = Programs.amplitudes(Circuit.of(qubits, 0, thereAndBack));

    assertThat(state[0].plus(Complex.of(-1)).modulus()).as("seed %d", seed).isLessThan(1e-11);
  }

  @Test
  void flips_and_swaps_move_every_amplitude_of_a_product_state_to_its_place() {
    int qubits = 19;
    RandomGenerator random = new SplitMix(5);
    List<Operation> operations = new ArrayList<>();
    double[] angles = new double[qubits];
    for (int qubit = 0; qubit < qubits; qubit++) {
      angles[qubit] = 1 + random.nextDouble();
      operations.add(GateOperation.of(Gate.RY, new double[] {angles[qubit]}, qubit));
    }
    List<GateOperation> moves = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      int[] chosen = distinct(qubits, 3, random);
      moves.add(
          i % 2 == 0
              ? GateOperation.of(Gate.X, chosen[0]).controlledBy(chosen[1], i % 4 == 0)
              : GateOperation.of(Gate.SWAP, chosen[0], chosen[1]).controlledBy(chosen[2], true));
    }
    operations.addAll(moves);

    Complex[] state = Programs.amplitudes(Circuit.of(qubits, 0, operations));

    for (int start = 0; start < state.length; start += 101) {
      double expected = 1;
      for (int qubit = 0; qubit < qubits; qubit++) {
        boolean one = (start >> qubit & 1) == 1;
        expected *= one ? Math.sin(angles[qubit] / 2) : Math.cos(angles[qubit] / 2);
      }
      int image = moved(start, moves);
      assertThat(state[image].plus(Complex.of(-expected)).modulus()).isLessThan(1e-14);
    }
  }

  @Test
  void matrix_on_several_qubits_respects_their_order_and_controls() {
    ComplexMatrix random = Unitaries.random(8, new SplitMix(3));
    for (int[] qubits : new int[][] {{0, 1, 2, 3}, {6, 2, 4, 0}, {3, 5, 1, 6}}) {
      GateOperation dense =
          GateOperation.unitary(random, qubits[0], qubits[1], qubits[2])
              .controlledBy(qubits[3], false);
      List<Operation> operations = new ArrayList<>(random(7, 20, 9));
      operations.add(dense);

      Complex[] actual = Programs.amplitudes(Circuit.of(7, 0, operations));

      Complex[] expected = NaiveState.of(7, operations);
      for (int i = 0; i < expected.length; i++) {
        assertThat(actual[i].plus(expected[i].times(-1)).modulus()).isLessThan(1e-12);
      }
    }
  }

  private static int moved(int index, List<GateOperation> moves) {
    int at = index;
    for (GateOperation move : moves) {
      if ((at >> move.control(0) & 1) != (move.controlValue(0) ? 1 : 0)) {
        continue;
      }
      if (move.gate() == Gate.X) {
        at ^= 1 << move.target(0);
      } else if ((at >> move.target(0) & 1) != (at >> move.target(1) & 1)) {
        at ^= 1 << move.target(0) | 1 << move.target(1);
      }
    }
    return at;
  }

  private static List<Operation> random(int qubits, int count, long seed) {
    RandomGenerator random = new SplitMix(seed);
    List<Operation> operations = new ArrayList<>();
    while (operations.size() < count) {
      Gate gate = GATES.get(random.nextInt(GATES.size()));
      double[] angles = new double[gate.angles()];
      for (int i = 0; i < angles.length; i++) {
        angles[i] = (random.nextDouble() - 0.5) * 8;
      }
      int controls = Math.min(random.nextInt(4), qubits - gate.targets());
      int[] chosen = distinct(qubits, gate.targets() + controls, random);
      int[] targets = Arrays.copyOf(chosen, gate.targets());
      GateOperation operation = GateOperation.of(gate, angles, targets);
      for (int i = 0; i < controls; i++) {
        operation = operation.controlledBy(chosen[gate.targets() + i], random.nextBoolean());
      }
      operations.add(operation);
    }
    return operations;
  }

  private static int[] distinct(int qubits, int count, RandomGenerator random) {
    int[] all = new int[qubits];
    for (int i = 0; i < qubits; i++) {
      all[i] = i;
    }
    for (int i = 0; i < count; i++) {
      int other = i + random.nextInt(qubits - i);
      int kept = all[i];
      all[i] = all[other];
      all[other] = kept;
    }
    return Arrays.copyOf(all, count);
  }
}
