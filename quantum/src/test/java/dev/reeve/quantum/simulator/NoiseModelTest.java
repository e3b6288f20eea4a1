package dev.reeve.quantum.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.reeve.base.ProblemException;
import dev.reeve.quantum.Programs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a model means, by its effect on circuits whose answer can be written down.
class NoiseModelTest {
  @ParameterizedTest
  @CsvSource({
    "depolarizing:0.3, x q[0]; x q[0];, 0.255",
    "depolarizing:0.3, id q[0];, 0.15",
    "depolarizing:1, x q[0];, 0.5",
    "bit_flip:0.2, x q[0];, 0.8",
    "dephasing:0.2, h q[0]; h q[0];, 0.2",
    "phase_damping:0.36, h q[0]; h q[0];, 0.1",
    "amplitude_damping:0.25, x q[0];, 0.75",
    "amplitude_damping:0.25, x q[0]; id q[0];, 0.5625",
    "readout:0.1, id q[0];, 0.1",
    "readout:0.1:0.4, x q[0];, 0.6",
    "bit_flip:0.25+readout:0.1:0.4, x q[0];, 0.475",
    "depolarizing:0.3, 'cx q[1], q[0];', 0.15",
  })
  void probability_of_one(String model, String gates, double expected) {
    String program =
        "OPENQASM 3.0; include \"stdgates.inc\"; qubit[2] q; bit c; "
            + gates
            + " c = measure q[0];";
    RunOptions options =
        RunOptions.of(6_000, 5, 1 << 20).withNoise(NoiseModel.parse("noise_model", model));

    double exact =
        SimulatorsAgreeTest.run(
                Programs.circuit(program), options.withProbabilities(), "density_matrix")
            .probabilities()
            .orElseThrow()
            .getOrDefault("1", 0.0);
    SimulationResult drawn =
        SimulatorsAgreeTest.run(Programs.circuit(program), options, "statevector");

    assertThat(exact).isCloseTo(expected, within(1e-12));
    assertThat(drawn.counts().getOrDefault("1", 0L) / 6_000.0).isCloseTo(expected, within(0.025));
    assertThat(drawn.metadata()).containsEntry("noise_model", model);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "depolarizing",
        "depolarizing:1.5",
        "depolarizing:-0.1",
        "depolarizing:NaN",
        "gremlins:0.1",
        "readout:0.1:0.2:0.3",
        "depolarizing:0.1+",
        "depolarizing:0.1:0.2:0.3"
      })
  void what_cannot_be_read_is_refused_by_name(String model) {
    assertThatThrownBy(() -> NoiseModel.parse("noise_model", model))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("noise_model: \"" + model + "\" (expected: parts NAME:0..1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "none", "ideal", "depolarizing:0"})
  void no_noise_changes_nothing(String model) {
    assertThat(NoiseModel.parse("noise_model", model).isNone()).isTrue();
  }

  @Test
  void damping_is_refused_by_the_stabilizer_by_name() {
    RunOptions options =
        RunOptions.of(1, 1, 1 << 20).withNoise(NoiseModel.parse("", "amplitude_damping:0.1"));

    assertThatThrownBy(() ->
            SimulatorsAgreeTest.run(
                Programs.circuit("OPENQASM 2.0; include \"qelib1.inc\"; qreg q[1]; h q[0];"),
                options,
                "stabilizer"))
        .hasMessageContaining("damping is no Pauli noise");
  }

  @Test
  void what_is_misread_twice_is_misread_by_both() {
    Readout read = NoiseModel.parse("noise", "readout:0.1:0.2+readout:0.3").readout(0);

    assertThat(read.zeroAsOne()).isCloseTo(0.1 * 0.7 + 0.9 * 0.3, within(1e-15));
    assertThat(read.oneAsZero()).isCloseTo(0.2 * 0.7 + 0.8 * 0.3, within(1e-15));
  }
}
