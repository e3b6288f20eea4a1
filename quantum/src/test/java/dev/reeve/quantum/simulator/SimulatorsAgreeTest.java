package dev.reeve.quantum.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.Programs;
import dev.reeve.quantum.ProgressListener;
import dev.reeve.quantum.SplitMix;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever can run a circuit gives the same distribution. A failure names the seed.
class SimulatorsAgreeTest {
  private static final int SHOTS = 1_000;
  private static final String FEEDBACK =
      """
      OPENQASM 3.0; include "stdgates.inc";
      qubit[4] q; bit[4] c; bit m;
      ry(0.7) q[0]; h q[1]; cx q[1], q[2];
      cx q[0], q[1]; h q[0];
      m = measure q[0];
      c[0] = measure q[1];
      if (c[0]) x q[2];
      if (m) z q[2];
      reset q[1];
      h q[2];
      c[2] = measure q[2];
      while (c[2]) { h q[2]; t q[3]; h q[3]; c[2] = measure q[2]; }
      c[3] = measure q[3];
      """;

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void a_circuit_of_any_gates(long seed) {
    Circuit circuit = Circuit.of(5, 0, gates(5, 25, seed, false));

    SortedMap<String, Double> exact = exact(circuit, NoiseModel.NONE, "statevector");

    assertClose(exact, exact(circuit, NoiseModel.NONE, "density_matrix"), 1e-9, seed);
    assertClose(exact, shares(circuit, NoiseModel.NONE, "matrix_product_state"), 0.09, seed);
    assertClose(exact, shares(circuit, NoiseModel.NONE, "statevector"), 0.09, seed);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void a_clifford_circuit_under_pauli_noise(long seed) {
    Circuit circuit = Circuit.of(4, 0, gates(4, 20, seed, true));
    NoiseModel noise =
        NoiseModel.parse(
            "",
            "depolarizing:0.02+bit_flip:0.01+dephasing:0.02+phase_damping:0.1+readout:0.03:0.1");

    SortedMap<String, Double> exact = exact(circuit, noise, "density_matrix");

    assertClose(exact, shares(circuit, noise, "stabilizer"), 0.09, seed);
    assertClose(exact, shares(circuit, noise, "statevector"), 0.09, seed);
    assertClose(exact, shares(circuit, noise, "matrix_product_state"), 0.09, seed);
    assertClose(exact, shares(circuit, noise, "density_matrix"), 0.09, seed);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void any_gates_under_any_noise(long seed) {
    Circuit circuit = Circuit.of(4, 0, gates(4, 16, seed, false));
    NoiseModel noise = NoiseModel.parse("", "amplitude_damping:0.08+depolarizing:0.03");

    SortedMap<String, Double> exact = exact(circuit, noise, "density_matrix");

    assertClose(exact, shares(circuit, noise, "statevector"), 0.09, seed);
    assertClose(exact, shares(circuit, noise, "matrix_product_state"), 0.09, seed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "depolarizing:0.05+amplitude_damping:0.1+readout:0.05"})
  void feedback_loops_and_resets(String model) {
    Circuit circuit = Programs.circuit(FEEDBACK);
    NoiseModel noise = NoiseModel.parse("", model);

    SortedMap<String, Double> dense = shares(circuit, noise, "statevector");

    assertClose(dense, shares(circuit, noise, "density_matrix"), 0.09, 0);
    assertClose(dense, shares(circuit, noise, "matrix_product_state"), 0.09, 0);
  }

  private static SortedMap<String, Double> exact(Circuit circuit, NoiseModel noise, String method) {
    RunOptions options = RunOptions.of(1, 1, 1 << 24).withProbabilities().withNoise(noise);
    return run(circuit, options, method).probabilities().orElseThrow();
  }

  private static SortedMap<String, Double> shares(
      Circuit circuit, NoiseModel noise, String method) {
    RunOptions options = RunOptions.of(SHOTS, 11, 1 << 24).withNoise(noise);
    SortedMap<String, Double> shares = new TreeMap<>();
    run(circuit, options, method)
        .counts()
        .forEach((text, count) -> shares.put(text, (double) count / SHOTS));
    return shares;
  }

  static SimulationResult run(Circuit circuit, RunOptions options, String method) {
    return new CircuitSimulator()
        .run(
            circuit,
            new CircuitSimulator.Choice(SimulationMethod.of(method).orElseThrow(), "test"),
            options,
            CancelSignal.NEVER,
            ProgressListener.NONE);
  }

  /// Half the sum of all differences.
  private static void assertClose(
      SortedMap<String, Double> expected,
      SortedMap<String, Double> actual,
      double most,
      long seed) {
    TreeMap<String, Double> difference = new TreeMap<>(expected);
    actual.forEach((text, share) -> difference.merge(text, -share, Double::sum));
    double distance = difference.values().stream().mapToDouble(Math::abs).sum() / 2;
    assertThat(distance).as("seed %d: %s and %s", seed, expected, actual).isLessThan(most);
  }

  static List<Operation> gates(int qubits, int count, long seed, boolean clifford) {
    SplitMix random = new SplitMix(seed);
    List<Gate> singles =
        clifford
            ? List.of(Gate.H, Gate.S, Gate.X, Gate.SX, Gate.Y)
            : List.of(Gate.H, Gate.T, Gate.U, Gate.RX, Gate.RY, Gate.P);
    List<Operation> operations = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int first = (int) (random.nextDouble() * qubits);
      int second = (first + 1 + (int) (random.nextDouble() * (qubits - 1))) % qubits;
      Gate gate = singles.get((int) (random.nextDouble() * singles.size()));
      double[] angles = new double[gate.angles()];
      for (int j = 0; j < angles.length; j++) {
        angles[j] = random.nextDouble() * 6;
      }
      operations.add(GateOperation.of(gate, angles, first));
      int third = (first + second + 1) % qubits;
      if (!clifford
          && i % 5 == 0
          && qubits >= 4
          && third >= 0
          && third != first
          && third != second) {
        operations.add(
            GateOperation.of(Gate.RXX, new double[] {0.4}, first, second)
                .controlledBy(third, i % 2 == 0));
      } else {
        operations.add(
            i % 3 == 0
                ? GateOperation.of(Gate.SWAP, first, second)
                : GateOperation.of(Gate.X, second).controlledBy(first, i % 2 == 0));
      }
    }
    return operations;
  }
}
