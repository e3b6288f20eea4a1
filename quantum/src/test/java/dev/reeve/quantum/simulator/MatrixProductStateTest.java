package dev.reeve.quantum.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.ProgressListener;
import dev.reeve.quantum.SplitMix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MatrixProductStateTest {
  private static final long MEMORY = 1 << 26;

  @Test
  void a_wide_ghz_state_that_is_turned_has_two_outcomes() {
    List<Operation> operations = new ArrayList<>();
    operations.add(GateOperation.of(Gate.RY, new double[] {1.2}, 0));
    for (int qubit = 1; qubit < 200; qubit++) {
      operations.add(GateOperation.of(Gate.X, qubit).controlledBy((qubit * 7) / 11, true));
    }

    SimulationResult result = run(Circuit.of(200, 0, operations), 2_000);

    assertThat(result.counts()).hasSize(2).containsOnlyKeys("0".repeat(200), "1".repeat(200));
    double share = result.counts().getOrDefault("1".repeat(200), 0L) / 2_000.0;
    assertThat(Math.abs(share - Math.pow(Math.sin(0.6), 2))).isLessThan(0.04);
    assertThat(Double.parseDouble(result.metadata().getOrDefault("error_bound", "1")))
        .isLessThan(1e-4);
  }

  @Test
  void qubits_far_apart_give_what_the_state_vector_gives() {
    Circuit circuit = Circuit.of(10, 0, SimulatorsAgreeTest.gates(10, 60, 3, false));
    RunOptions options = RunOptions.of(20_000, 4, MEMORY);

    SimulationResult chain = run(circuit, 20_000);
    SimulationResult dense = SimulatorsAgreeTest.run(circuit, options, "statevector");

    for (int qubit = 0; qubit < 10; qubit++) {
      assertThat(Math.abs(ones(chain, qubit) - ones(dense, qubit))).isLessThan(0.02);
    }
  }

  private static double ones(SimulationResult result, int qubit) {
    return result.counts().entrySet().stream()
            .filter(each -> each.getKey().charAt(9 - qubit) == '1')
            .mapToLong(Map.Entry::getValue)
            .sum()
        / 20_000.0;
  }

  @Test
  void more_entanglement_than_there_is_room_for_is_refused_with_the_bound() {
    Circuit circuit = Circuit.of(30, 0, SimulatorsAgreeTest.gates(30, 600, 5, false));

    assertThatThrownBy(() -> run(circuit, 10, 1 << 20))
        .hasMessageContaining("error_bound:")
        .hasMessageContaining("(expected: at most 0.01)");
  }

  @Test
  void a_chain_that_memory_cannot_hold_is_refused_with_the_figure() {
    assertThatThrownBy(() ->
            run(Circuit.of(1000, 0, SimulatorsAgreeTest.gates(1000, 900, 1, false)), 1, 1 << 16))
        .hasMessageContaining("bytes for")
        .hasMessageContaining("at most 65536 bytes");
  }

  @Test
  void a_wide_gate_counts_in_the_memory_of_a_run() {
    GateOperation wide = GateOperation.of(Gate.X, 20);
    List<Operation> operations = new ArrayList<>();
    for (int qubit = 21; qubit < 28; qubit++) {
      operations.add(GateOperation.of(Gate.X, qubit));
      wide = wide.controlledBy(qubit, true);
    }
    Circuit narrow = Circuit.of(40, 0, operations);
    operations.add(wide);
    Circuit circuit = Circuit.of(40, 0, operations);

    SimulationResult result = run(circuit, 10);

    assertThat(result.counts()).containsOnlyKeys("0".repeat(12) + "1".repeat(8) + "0".repeat(20));
    assertThat(result.memoryBytes()).isLessThanOrEqualTo(MEMORY);
    assertThat(run(narrow, 10, 1 << 14).counts()).hasSize(1);
    assertThatThrownBy(() -> run(circuit, 10, 1 << 14)).hasMessageContaining("bytes for");
  }

  @Test
  void a_cancel_is_felt_while_a_gate_is_worked_on() {
    Circuit circuit = Circuit.of(40, 0, SimulatorsAgreeTest.gates(40, 4000, 5, false));
    AtomicInteger looks = new AtomicInteger();

    assertThatThrownBy(() ->
            new CircuitSimulator()
                .run(
                    circuit,
                    new CircuitSimulator.Choice(SimulationMethod.MATRIX_PRODUCT_STATE, "test"),
                    RunOptions.of(10, 1, MEMORY),
                    () -> looks.incrementAndGet() > 5_000,
                    ProgressListener.NONE))
        .hasMessageContaining("cancelled");
  }

  @Test
  void eigenvectors_make_up_their_matrix() {
    int n = 24;
    SplitMix random = new SplitMix(3);
    double[] re = new double[n * n];
    double[] im = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        re[i * n + j] = re[j * n + i] = random.nextDouble() - 0.5;
        im[i * n + j] = i == j ? 0 : random.nextDouble() - 0.5;
        im[j * n + i] = -im[i * n + j];
      }
    }

    HermitianSpectrum spectrum = new HermitianSpectrum(n, re.clone(), im.clone(), () -> {});

    double[] sumRe = new double[n * n];
    double[] sumIm = new double[n * n];
    double[] vRe = new double[n];
    double[] vIm = new double[n];
    for (int k = 0; k < n; k++) {
      spectrum.vector(k, vRe, vIm);
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          sumRe[i * n + j] += spectrum.value(k) * (vRe[i] * vRe[j] + vIm[i] * vIm[j]);
          sumIm[i * n + j] += spectrum.value(k) * (vIm[i] * vRe[j] - vRe[i] * vIm[j]);
        }
      }
    }
    for (int cell = 0; cell < n * n; cell++) {
      assertThat(Math.abs(sumRe[cell] - re[cell])).isLessThan(1e-12);
      assertThat(Math.abs(sumIm[cell] - im[cell])).isLessThan(1e-12);
    }
  }

  private static SimulationResult run(Circuit circuit, int shots) {
    return run(circuit, shots, MEMORY);
  }

  private static SimulationResult run(Circuit circuit, int shots, long memory) {
    return new CircuitSimulator()
        .run(
            circuit,
            new CircuitSimulator.Choice(SimulationMethod.MATRIX_PRODUCT_STATE, "test"),
            RunOptions.of(shots, 9, memory),
            CancelSignal.NEVER,
            ProgressListener.NONE);
  }
}
