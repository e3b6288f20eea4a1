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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Noise that is called after a device.
class DeviceNoiseTest {
  private static final String ZERO = "000000";

  @Test
  void a_name_of_a_device_stands_for_its_figures() {
    NoiseModel model = DeviceNoise.parse("noise", "ibm_q20_tokyo");

    assertThat(model.text())
        .isEqualTo(
            "depolarizing:6.0e-4:0.01066667+readout:0.012:0.012+relaxation:100.0:80.0"
                + "+gate_time:35.0:300.0:700.0+virtual_z");
    assertThat(NoiseModel.parse("noise", model.text())).isEqualTo(model);
  }

  @Test
  void each_qubit_and_each_pair_has_its_own_figures() {
    DeviceModel uneven = Calibrations.uneven("grid_2x3", 3);

    NoiseModel model = NoiseModel.parse("noise", DeviceNoise.text(uneven));

    assertThat(NoiseModel.parse("noise", model.text())).isEqualTo(model);
    for (int qubit = 0; qubit < 6; qubit++) {
      QubitCalibration own = uneven.calibration().qubit(qubit);
      String flipped = "0".repeat(5 - qubit) + "1" + "0".repeat(qubit);
      double read = 1;
      for (int other = 0; other < 6; other++) {
        QubitCalibration figures = uneven.calibration().qubit(other);
        read *= other == qubit ? 1 : 1 - figures.zeroAsOne();
      }
      // An error of a gate e leaves the qubit wrong with e, and then it may be misread as right.
      double one =
          (1 - own.gateError()) * (1 - own.oneAsZero()) + own.gateError() * own.zeroAsOne();

      assertThat(likelihood(model, program("x q[%d];".formatted(qubit)), flipped))
          .as("qubit " + qubit)
          .isCloseTo(read * one, within(1e-6));
    }
    for (CouplingMap.Edge edge : uneven.couplings().edges()) {
      double error = uneven.calibration().pair(edge.first(), edge.second()).error();
      NoiseModel gates = NoiseModel.parse("noise", ofGates(model.text()));

      // A pair error e leaves one of three wrong outcomes with e.
      assertThat(
              likelihood(
                  gates, program("cz q[%d], q[%d];".formatted(edge.first(), edge.second())), ZERO))
          .as(edge.toString())
          .isCloseTo(1 - error, within(1e-6));
    }
  }

  /// Without readout and relaxation.
  private static String ofGates(String text) {
    return Arrays.stream(text.split("\\+"))
        .filter(part -> part.startsWith("depolarizing"))
        .collect(Collectors.joining("+"));
  }

  @Test
  void a_qubit_of_a_device_waits_for_its_neighbours_by_their_times() {
    CouplingMap line = CouplingMap.of(2, List.of(new CouplingMap.Edge(0, 1)));
    QubitCalibration quick = new QubitCalibration(100, 0, 700, 0, 0, 50_000, 40_000);
    QubitCalibration slow = new QubitCalibration(400, 0, 700, 0, 0, 90_000, 40_000);
    Calibration figures =
        new Calibration("ours", 1, List.of(quick, slow), new PairCalibration(300, 0), Map.of());
    NoiseModel model =
        NoiseModel.parse("noise", DeviceNoise.text(new DeviceModel("ours", line).with(figures)));

    // The first takes 100 ns, the second 800: 700 of T1 = 50 us.
    assertThat(
            likelihood(
                model,
                "OPENQASM 3.0; include \"stdgates.inc\"; qubit[2] q; bit[2] c;"
                    + " x q[0]; x q[1]; x q[1]; cz q[0], q[1]; c = measure q;",
                "01"))
        .isCloseTo(Math.exp(-700.0 / 50_000), within(1e-9));
  }

  @Test
  void gates_on_one_qubit_and_on_two_go_wrong_by_figures_of_their_own() {
    String program =
        "OPENQASM 3.0; include \"stdgates.inc\"; qubit[2] q; bit[2] c; x q[0]; %s c = measure q;";

    NoiseModel model = NoiseModel.parse("noise", "depolarizing:0:0.4");
    assertThat(likelihood(model, program.formatted(""), "01")).isCloseTo(1, within(1e-9));
    assertThat(likelihood(model, program.formatted("cx q[0], q[1];"), "11"))
        .isCloseTo(1 - 0.4 * 3 / 4, within(1e-9));
  }

  @Test
  void what_is_neither_a_model_nor_a_device_is_refused() {
    assertThatThrownBy(() -> DeviceNoise.parse("noise", "line_0"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("NOISE_MODEL_INVALID")
        .hasMessageContaining("or a device");
  }

  private static String program(String gate) {
    return "OPENQASM 3.0; include \"stdgates.inc\"; qubit[6] q; bit[6] c; "
        + gate
        + " c = measure q;";
  }

  private static double likelihood(NoiseModel model, String program, String outcome) {
    return new CircuitSimulator()
        .run(
            Programs.circuit(program),
            new CircuitSimulator.Choice(SimulationMethod.DENSITY_MATRIX, "asked for"),
            RunOptions.of(1, 1, 1 << 20).withNoise(model).withProbabilities(),
            CancelSignal.NEVER,
            ProgressListener.NONE)
        .probabilities()
        .orElseThrow()
        .getOrDefault(outcome, 0.0);
  }
}
