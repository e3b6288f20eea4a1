package dev.reeve.quantum.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.reeve.base.ProblemException;
import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.Programs;
import dev.reeve.quantum.ProgressListener;
import org.junit.jupiter.api.Test;

/// Floats where they are asked for, and where only they fit into the memory.
class PrecisionTest {
  private static final CircuitSimulator SIMULATOR = new CircuitSimulator();
  private static final long DOUBLE_BYTES = 16L << 12;
  private static final long SINGLE_BYTES = 8L << 12;
  private static final Circuit CIRCUIT =
      Programs.circuit(
          """
          OPENQASM 3.0; include "stdgates.inc";
          qubit[12] q; bit[12] c;
          for int i in [0:11] { ry(0.3 * i) q[i]; }
          for int i in [0:10] { cx q[i], q[i + 1]; t q[i + 1]; }
          c = measure q;
          """);

  @Test
  void doubles_are_taken_while_they_fit() {
    SimulationResult result = run(options(DOUBLE_BYTES), SimulationMethod.AUTO);

    assertThat(result.metadata()).doesNotContainKey("precision");
    assertThat(result.memoryBytes()).isEqualTo(DOUBLE_BYTES);
  }

  @Test
  void floats_are_taken_where_only_they_fit_and_the_reason_says_so() {
    RunOptions options = options(DOUBLE_BYTES - 1);

    SimulationResult result = run(options, SimulationMethod.AUTO);

    assertThat(SIMULATOR.choose(CIRCUIT, SimulationMethod.AUTO, options).sentence())
        .isEqualTo(
            "statevector because some gates are no Clifford gates, in single precision because only"
                + " that fits into 65535 bytes for 12 qubits");
    assertThat(result.metadata()).containsEntry("precision", "single");
    assertThat(result.memoryBytes()).isEqualTo(SINGLE_BYTES);
  }

  @Test
  void floats_that_were_asked_for_are_taken_by_no_other_method() {
    RunOptions noisy =
        options(DOUBLE_BYTES)
            .with(Precision.SINGLE)
            .withNoise(NoiseModel.parse("noise_model", "bit_flip:0.1"));

    for (SimulationMethod method : SimulationMethod.values()) {
      if (method == SimulationMethod.AUTO || method == SimulationMethod.STATEVECTOR) {
        assertThat(run(noisy, method).metadata()).containsEntry("precision", "single");
      } else {
        assertThatThrownBy(() -> run(noisy, method))
            .isInstanceOf(ProblemException.class)
            .hasMessageContaining("precision: single")
            .hasMessageContaining(method.word());
      }
    }
    assertThatThrownBy(() -> run(noisy.withProbabilities(), SimulationMethod.AUTO))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("density_matrix because probabilities under noise");
  }

  @Test
  void floats_give_the_probabilities_of_doubles() {
    RunOptions options = options(DOUBLE_BYTES).withProbabilities();

    var exact = run(options, SimulationMethod.STATEVECTOR).probabilities().orElseThrow();
    var single = run(options.with(Precision.SINGLE), SimulationMethod.STATEVECTOR);

    assertThat(single.metadata()).containsEntry("precision", "single");
    single
        .probabilities()
        .orElseThrow()
        .forEach((outcome, share) ->
            assertThat(share).isCloseTo(exact.getOrDefault(outcome, 0.0), within(1e-6)));
  }

  @Test
  void what_does_not_fit_as_asked_is_refused_with_the_figure() {
    RunOptions options = options(DOUBLE_BYTES - 1).with(Precision.DOUBLE);

    assertThatThrownBy(() -> run(options, SimulationMethod.STATEVECTOR))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("65536 bytes for 12 qubits");
    assertThat(SIMULATOR.choose(CIRCUIT, SimulationMethod.AUTO, options).method())
        .isEqualTo(SimulationMethod.MATRIX_PRODUCT_STATE);
    assertThat(SIMULATOR.choose(CIRCUIT, SimulationMethod.AUTO, options(SINGLE_BYTES - 1)).method())
        .isEqualTo(SimulationMethod.MATRIX_PRODUCT_STATE);
  }

  private static RunOptions options(long memoryBytesMax) {
    return RunOptions.of(100, 1, memoryBytesMax);
  }

  private static SimulationResult run(RunOptions options, SimulationMethod method) {
    return SIMULATOR.run(
        CIRCUIT,
        SIMULATOR.choose(CIRCUIT, method, options),
        options,
        CancelSignal.NEVER,
        ProgressListener.NONE);
  }
}
