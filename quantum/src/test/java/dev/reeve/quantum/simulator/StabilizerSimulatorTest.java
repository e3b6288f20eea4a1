package dev.reeve.quantum.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.ProblemException;
import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.SplitMix;
import dev.reeve.quantum.compiler.CircuitEquivalence;
import dev.reeve.quantum.qasm.OpenQasm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clifford circuits against the state vector, which is right by other tests.
class StabilizerSimulatorTest {
  private static final int SHOTS = 4096;
  private static final double QUARTER = Math.PI / 2;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void counts_agree_with_the_exact_distribution(long seed) {
    RandomGenerator random = new SplitMix(seed);
    int qubits = 2 + (int) (seed % 5);
    Circuit circuit = Circuit.of(qubits, 0, gates(qubits, 60, random));
    assertThat(StabilizerSimulator.canRun(circuit)).isTrue();

    SortedMap<String, Long> counts = run(circuit, SHOTS, seed);

    SortedMap<String, Double> exact =
        new StateVectorSimulator()
            .run(
                circuit,
                RunOptions.of(1, 1, 1 << 20).withProbabilities(),
                CancelSignal.NEVER,
                _ -> {})
            .probabilities()
            .orElseThrow();
    assertAgrees(counts, exact, "seed " + seed);
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24, 25, 26})
  void measurements_in_between_and_resets_agree_with_the_state_vector(long seed) {
    RandomGenerator random = new SplitMix(seed);
    List<Operation> operations = new ArrayList<>();
    for (int bit = 0; bit < 4; bit++) {
      operations.addAll(gates(4, 12, random));
      operations.add(new Operation.Measure(random.nextInt(4), bit));
      operations.add(new Operation.Reset(random.nextInt(4)));
    }
    Circuit circuit = Circuit.of(4, 4, operations);

    SortedMap<String, Long> counts = run(circuit, SHOTS, seed);

    Map<String, Long> dense =
        new StateVectorSimulator()
            .run(circuit, RunOptions.of(64 * SHOTS, 5, 1 << 20), CancelSignal.NEVER, _ -> {})
            .counts();
    SortedMap<String, Double> exact = new TreeMap<>();
    dense.forEach((key, count) -> exact.put(key, count / (64.0 * SHOTS)));
    assertAgrees(counts, exact, "seed " + seed);
  }

  @Test
  void feedback_teleports_a_state() {
    Circuit circuit =
        OpenQasm.parse(
                """
                OPENQASM 3.0;
                include "stdgates.inc";
                qubit[3] q; bit a; bit b; bit c;
                x q[0]; h q[0];
                h q[1]; cx q[1], q[2];
                cx q[0], q[1]; h q[0];
                a = measure q[0]; b = measure q[1];
                if (b) x q[2];
                if (a) z q[2];
                h q[2];
                c = measure q[2];
                """)
            .orThrow();

    SortedMap<String, Long> counts = run(circuit, 512, 3);

    assertThat(counts.keySet()).hasSize(4).allMatch(outcome -> outcome.startsWith("1"));
  }

  @Test
  void thousand_qubits_of_a_cat_state_are_all_alike() {
    List<Operation> operations = new ArrayList<>();
    operations.add(GateOperation.of(Gate.H, 0));
    for (int qubit = 1; qubit < 1_000; qubit++) {
      operations.add(GateOperation.of(Gate.X, qubit).controlledBy(qubit - 1, true));
    }

    SortedMap<String, Long> counts = run(Circuit.of(1_000, 0, operations), 100, 7);

    assertThat(counts.keySet()).containsExactly("0".repeat(1_000), "1".repeat(1_000));
  }

  @Test
  void same_seed_gives_the_same_counts() {
    Circuit circuit = Circuit.of(6, 0, gates(6, 80, new SplitMix(99)));

    assertThat(run(circuit, 1_000, 5)).isEqualTo(run(circuit, 1_000, 5));
  }

  @Test
  void gate_that_is_no_clifford_gate_is_refused_by_name() {
    Circuit circuit = Circuit.of(1, 0, List.of(GateOperation.of(Gate.T, 0)));

    assertThat(StabilizerSimulator.canRun(circuit)).isFalse();
    assertThatThrownBy(() -> run(circuit, 1, 1))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("no Clifford gate");
  }

  @Test
  void small_turns_that_add_up_are_no_clifford_gates() {
    Circuit turned = turns(0.000_031_4, 10_000);
    Circuit still = turns(1e-12, 10_000);
    Circuit quarter = turns(1.570_796_327, 1);

    assertThat(StabilizerSimulator.canRun(turned)).isFalse();
    assertThat(StabilizerSimulator.canRun(turns(5e-10, 10_000))).isFalse();
    assertThat(StabilizerSimulator.canRun(still)).isTrue();
    assertThat(StabilizerSimulator.canRun(quarter)).isTrue();
    assertThatThrownBy(() -> run(turns(5e-10, 10_000), 1, 1))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("add up");
    assertThat(CircuitEquivalence.compare(turned, Circuit.of(1, 0, List.of())).equivalent())
        .contains(false);
    assertThat(CircuitEquivalence.compare(still, Circuit.of(1, 0, List.of())).equivalent())
        .contains(false);
    Circuit rounding = turns(1e-14, 10_000);
    assertThat(CircuitEquivalence.compare(rounding, Circuit.of(1, 0, List.of())).equivalent())
        .contains(true);
  }

  private static Circuit turns(double angle, int count) {
    return Circuit.of(
        1, 0, Collections.nCopies(count, GateOperation.of(Gate.RX, new double[] {angle}, 0)));
  }

  private static SortedMap<String, Long> run(Circuit circuit, int shots, long seed) {
    return new StabilizerSimulator()
        .run(circuit, RunOptions.of(shots, seed, 1 << 24), CancelSignal.NEVER, _ -> {})
        .counts();
  }

  /// Within six standard deviations for every outcome, and none that cannot be.
  private static void assertAgrees(
      SortedMap<String, Long> counts, SortedMap<String, Double> exact, String what) {
    assertThat(exact.keySet()).as(what).containsAll(counts.keySet());
    exact.forEach((outcome, probability) -> {
      double expected = SHOTS * probability;
      double spread = 6 * Math.sqrt(SHOTS * probability * (1 - probability)) + 1e-6;
      assertThat((double) counts.getOrDefault(outcome, 0L))
          .as("%s, outcome %s", what, outcome)
          .isBetween(expected - spread, expected + spread);
    });
  }

  private static List<Operation> gates(int qubits, int count, RandomGenerator random) {
    List<Operation> operations = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int first = random.nextInt(qubits);
      int second = (first + 1 + random.nextInt(qubits - 1)) % qubits;
      double turns = QUARTER * random.nextInt(-3, 4);
      operations.add(
          switch (random.nextInt(16)) {
            case 0 -> GateOperation.of(Gate.X, first);
            case 1 -> GateOperation.of(Gate.Y, first);
            case 2 -> GateOperation.of(Gate.Z, first);
            case 3 -> GateOperation.of(Gate.S, first);
            case 4 -> GateOperation.of(Gate.SDG, first);
            case 5 -> GateOperation.of(Gate.SX, first);
            case 6 -> GateOperation.of(Gate.SXDG, first);
            case 7 -> GateOperation.of(Gate.SWAP, first, second);
            case 8 -> GateOperation.of(Gate.RZZ, new double[] {turns}, first, second);
            case 9 -> GateOperation.of(Gate.RXX, new double[] {turns}, first, second);
            case 10 -> GateOperation.of(Gate.RYY, new double[] {turns}, first, second);
            case 11 -> GateOperation.of(Gate.RY, new double[] {turns}, first);
            case 12 -> GateOperation.of(Gate.X, first).controlledBy(second, random.nextBoolean());
            case 13 -> GateOperation.of(Gate.Y, first).controlledBy(second, random.nextBoolean());
            case 14 ->
                GateOperation.of(Gate.RX, new double[] {Math.PI}, first)
                    .controlledBy(second, random.nextBoolean());
            default ->
                GateOperation.of(Gate.U, new double[] {turns, QUARTER, -QUARTER, 0.3}, first);
          });
      operations.add(GateOperation.of(Gate.H, random.nextInt(qubits)));
    }
    return operations;
  }
}
