package dev.reeve.quantum.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.reeve.base.ProblemException;
import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Programs;
import dev.reeve.quantum.ProgressListener;
import dev.reeve.quantum.simulator.CircuitSimulator;
import dev.reeve.quantum.simulator.NoiseModel;
import dev.reeve.quantum.simulator.RunOptions;
import dev.reeve.quantum.simulator.SimulationMethod;
import org.junit.jupiter.api.Test;

/// Noise that is called after a device.
class DeviceNoiseTest {
  @Test
  void a_name_of_a_device_stands_for_its_figures() {
    NoiseModel model = DeviceNoise.parse("noise", "ibm_q20_tokyo");

    assertThat(model.text())
        .isEqualTo("depolarizing:6.0e-4:0.01066667+readout:0.012:0.012+relaxation:100.0:80.0");
    assertThat(NoiseModel.parse("noise", model.text())).isEqualTo(model);
  }

  @Test
  void figures_that_differ_count_by_their_means() {
    DeviceModel uneven = Calibrations.uneven("grid_2x3", 3);
    double misread =
        uneven.calibration().qubits().stream()
            .mapToDouble(QubitCalibration::oneAsZero)
            .average()
            .orElseThrow();

    NoiseModel model = NoiseModel.parse("noise", DeviceNoise.text(uneven));

    assertThat(model.oneAsZero()).isCloseTo(misread, within(1e-6));
    assertThat(model.zeroAsOne()).isLessThan(model.oneAsZero());
  }

  @Test
  void gates_on_one_qubit_and_on_two_go_wrong_by_figures_of_their_own() {
    String program =
        "OPENQASM 3.0; include \"stdgates.inc\"; qubit[2] q; bit[2] c; x q[0]; %s c = measure q;";

    assertThat(likelihood(program.formatted(""), "01")).isCloseTo(1, within(1e-9));
    assertThat(likelihood(program.formatted("cx q[0], q[1];"), "11"))
        .isCloseTo(1 - 0.4 * 3 / 4, within(1e-9));
  }

  @Test
  void what_is_neither_a_model_nor_a_device_is_refused() {
    assertThatThrownBy(() -> DeviceNoise.parse("noise", "line_0"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("NOISE_MODEL_INVALID")
        .hasMessageContaining("or a device");
  }

  private static double likelihood(String program, String outcome) {
    return new CircuitSimulator()
        .run(
            Programs.circuit(program),
            new CircuitSimulator.Choice(SimulationMethod.DENSITY_MATRIX, "asked for"),
            RunOptions.of(1, 1, 1 << 20)
                .withNoise(NoiseModel.parse("noise", "depolarizing:0:0.4"))
                .withProbabilities(),
            CancelSignal.NEVER,
            ProgressListener.NONE)
        .probabilities()
        .orElseThrow()
        .getOrDefault(outcome, 0.0);
  }
}
