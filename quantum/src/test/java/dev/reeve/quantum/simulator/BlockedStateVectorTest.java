package dev.reeve.quantum.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.SplitMix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The fast vector beside the plain one: same circuit, same amplitudes.
class BlockedStateVectorTest {
  private static final StateVectorSimulator PLAIN =
      new StateVectorSimulator(PlainStateVector.FACTORY);
  private static final List<Gate> GATES =
      List.of(Gate.values()).stream().filter(gate -> gate != Gate.UNITARY).toList();

  @ParameterizedTest
  @ValueSource(ints = {14, 15, 16, 17})
  void amplitudes_are_those_of_the_plain_vector(int qubits) {
    Circuit circuit = Circuit.of(qubits, 0, random(qubits, 150, qubits));

    assertSame(circuit, Workers.NONE);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 9, 14, 16})
  void floats_give_amplitudes_of_seven_digits(int qubits) {
    Circuit circuit = Circuit.of(qubits, 0, random(qubits, 150, qubits));

    assertSame(circuit, new StateVectorSimulator(SingleStateVector.factory(Workers.NONE)), 1e-5);
  }

  @Test
  void threads_change_no_amplitude() {
    Circuit circuit = Circuit.of(16, 0, random(16, 80, 5));
    StateVectorSimulator alone = new StateVectorSimulator(BlockedStateVector.factory(Workers.NONE));
    StateVectorSimulator helped =
        new StateVectorSimulator(
            BlockedStateVector.factory(Workers.of(ForkJoinPool.commonPool(), 3)));

    try (StateVector first = alone.evolve(circuit, 1 << 24, CancelSignal.NEVER);
        StateVector second = helped.evolve(circuit, 1 << 24, CancelSignal.NEVER)) {
      for (long index = 0; index < 1 << 16; index++) {
        assertThat(second.re(index)).isEqualTo(first.re(index));
        assertThat(second.im(index)).isEqualTo(first.im(index));
      }
    }
  }

  @Test
  void matrices_on_pairs_and_fours_of_qubits_anywhere() {
    SplitMix random = new SplitMix(8);
    List<Operation> operations = random(14, 20, 3);
    for (int[] targets : new int[][] {{0, 13}, {13, 2}, {5, 6}, {1, 12, 7}, {9, 0, 4, 11}}) {
      operations.add(GateOperation.unitary(Unitaries.random(1 << targets.length, random), targets));
      operations.add(
          GateOperation.unitary(Unitaries.random(1 << targets.length, random), targets)
              .controlledBy(3, true));
    }

    assertSame(Circuit.of(14, 0, operations), Workers.NONE);
  }

  @Test
  void a_cancel_is_felt_between_two_blocks() {
    Circuit circuit = Circuit.of(18, 0, random(18, 40, 2));
    AtomicInteger looks = new AtomicInteger();
    StateVectorSimulator helped =
        new StateVectorSimulator(
            BlockedStateVector.factory(Workers.of(ForkJoinPool.commonPool(), 2)));

    assertThatThrownBy(
            () -> helped.evolve(circuit, 1 << 24, () -> looks.incrementAndGet() > 30).re(0))
        .hasMessageContaining("cancelled");
    assertThat(looks.get()).isLessThan(36);
  }

  private static void assertSame(Circuit circuit, Workers workers) {
    assertSame(circuit, new StateVectorSimulator(BlockedStateVector.factory(workers)), 1e-12);
  }

  private static void assertSame(Circuit circuit, StateVectorSimulator blocked, double most) {
    try (StateVector expected = PLAIN.evolve(circuit, 1 << 24, CancelSignal.NEVER);
        StateVector actual = blocked.evolve(circuit, 1 << 24, CancelSignal.NEVER)) {
      double worst = 0;
      for (long index = 0; index < 1L << circuit.qubits(); index++) {
        worst = Math.max(worst, Math.abs(actual.re(index) - expected.re(index)));
        worst = Math.max(worst, Math.abs(actual.im(index) - expected.im(index)));
      }
      assertThat(worst).isLessThan(most);
    }
  }

  private static List<Operation> random(int qubits, int count, long seed) {
    SplitMix random = new SplitMix(seed);
    List<Operation> operations = new ArrayList<>();
    for (int qubit = 0; qubit < qubits; qubit++) {
      operations.add(GateOperation.of(Gate.H, qubit));
    }
    while (operations.size() < count + qubits) {
      Gate gate = GATES.get((int) (random.nextDouble() * GATES.size()));
      double[] angles = new double[gate.angles()];
      for (int i = 0; i < angles.length; i++) {
        angles[i] = random.nextDouble() * 8 - 4;
      }
      int[] chosen = new int[gate.targets() + (int) (random.nextDouble() * 3)];
      for (int i = 0; i < chosen.length; i++) {
        chosen[i] = (int) (random.nextDouble() * qubits);
        for (int j = 0; j < i; j++) {
          if (chosen[j] == chosen[i]) {
            i--;
            break;
          }
        }
      }
      GateOperation operation =
          GateOperation.of(gate, angles, Arrays.copyOf(chosen, gate.targets()));
      for (int i = gate.targets(); i < chosen.length; i++) {
        operation = operation.controlledBy(chosen[i], i % 2 == 0);
      }
      operations.add(operation);
    }
    return operations;
  }
}
