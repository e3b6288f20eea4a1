package dev.reeve.quantum.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.Programs;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Noise of single qubits and pairs, and of those that wait for others: circuits whose answer can
/// be written down, by the method that is exact and by those that draw.
class SiteNoiseTest {
  private static final int SHOTS = 8_000;

  /// Four standard deviations of a share.
  private static final double SPREAD = 4 * Math.sqrt(0.25 / SHOTS);

  @ParameterizedTest
  @CsvSource({
    // A gate: half of what is depolarised reads as it should.
    "depolarizing:0.1:0.2+depolarizing:0.3@1, x q[0];, 001, 0.95",
    "depolarizing:0.1:0.2+depolarizing:0.3@1, x q[1];, 010, 0.85",
    "depolarizing:0.1:0.2+depolarizing:0@1, x q[1];, 010, 1",
    // A pair: a quarter does, whichever is named first.
    "depolarizing:0:0.2+depolarizing:0.4@0-1, 'x q[0]; cx q[0], q[1];', 011, 0.7",
    "depolarizing:0:0.2+depolarizing:0.4@1-0, 'x q[1]; cx q[1], q[0];', 011, 0.7",
    "depolarizing:0:0.2+depolarizing:0.4@0-1, 'x q[1]; cx q[1], q[2];', 110, 0.85",
    // Readout: q[0] by 0.1, q[1] by 0.2 as a zero and 0.4 as a one.
    "readout:0.1+readout:0.2:0.4@1, x q[1];, 010, 0.486",
    "readout:0.1+readout:0.2:0.4@1, x q[0];, 001, 0.648",
    "readout:0+readout:0:0.25@2, x q[2];, 100, 0.75",
    // Turns about Z that are carried out on paper.
    "depolarizing:0.3+virtual_z, rz(0.7) q[0]; x q[0]; s q[0]; t q[0];, 001, 0.85",
    "depolarizing:0.3, s q[0]; x q[0];, 001, 0.745",
  })
  void qubits_and_pairs_go_wrong_by_figures_of_their_own(
      String model, String gates, String outcome, double expected) {
    Circuit circuit = circuit(gates);

    assertThat(exact(circuit, model, outcome)).isCloseTo(expected, within(1e-12));
    for (String method : List.of("statevector", "matrix_product_state", "density_matrix")) {
      assertThat(drawn(circuit, model, outcome, method))
          .as(method)
          .isCloseTo(expected, within(SPREAD));
    }
    if (!gates.contains("rz") && !gates.contains("t q")) {
      assertThat(drawn(circuit, model, outcome, "stabilizer"))
          .as("stabilizer")
          .isCloseTo(expected, within(SPREAD));
    }
  }

  /// Times are in microseconds in the exponents: gates on one qubit take 1, on two 3.
  @ParameterizedTest
  @CsvSource({
    // A delay, on qubits of different T1.
    "relaxation:100:80+relaxation:10:10@1, x q[0]; delay[1us] q[0];, 001, -0.01",
    "relaxation:100:80+relaxation:10:10@1, x q[1]; delay[1us] q[1];, 010, -0.1",
    // Nobody waits for gates that take no time.
    "relaxation:10:8, 'x q[0]; x q[1]; x q[1]; x q[1]; cx q[0], q[2]; x q[2];', 011, 0",
    // q[0] waits 2 for q[1].
    "relaxation:10:8+gate_time:1000:3000:0, 'x q[0]; x q[1]; x q[1]; x q[1]; cz q[0], q[1];', 011,"
        + " -0.2",
    // The same, measured behind a barrier, and without one.
    "relaxation:10:8+gate_time:1000:3000:0, x q[0]; x q[1]; x q[1]; x q[1]; barrier q;, 011, -0.2",
    "relaxation:10:8+gate_time:1000:3000:0, x q[0]; x q[1]; x q[1]; x q[1];, 011, 0",
    // q[1]'s gates take half a microsecond: q[0] waits 0.5.
    "relaxation:10:8+gate_time:1000:3000:0+gate_time:500@1,"
        + " x q[0]; x q[1]; x q[1]; x q[1]; barrier q;, 011, -0.05",
    // q[0] waits 4 for a pair of its own time, q[1] as long as q[2] has it: not at all.
    "relaxation:10:8+gate_time:1000:3000:0+gate_time:5000@1-2,"
        + " 'x q[0]; x q[1]; x q[2]; swap q[1], q[2]; cz q[0], q[1];', 111, -0.5",
    // A turn about Z on paper holds nobody up.
    "relaxation:10:8+gate_time:1000:3000:0+virtual_z, 'x q[0]; x q[1]; z q[1]; cz q[0], q[1];',"
        + " 011, 0",
    // A delay that fills the gap leaves nothing to wait for.
    "relaxation:10:8+gate_time:1000:3000:0,"
        + " 'x q[0]; delay[2us] q[0]; x q[1]; x q[1]; x q[1]; cz q[0], q[1];', 011, -0.2",
  })
  void who_waits_for_others_relaxes_by_times_of_its_own(
      String model, String gates, String outcome, double exponent) {
    Circuit circuit = circuit(gates);
    double expected = Math.exp(exponent);

    assertThat(exact(circuit, model, outcome)).isCloseTo(expected, within(1e-12));
    for (String method : List.of("statevector", "matrix_product_state", "density_matrix")) {
      assertThat(drawn(circuit, model, outcome, method))
          .as(method)
          .isCloseTo(expected, within(SPREAD));
    }
  }

  @Test
  void a_superposition_that_waits_loses_its_phase_by_t2() {
    Circuit circuit = circuit("h q[0]; x q[1]; x q[1]; x q[1]; barrier q; h q[0];");
    String model = "relaxation:10:8+gate_time:1000:3000:0";
    double expected = (1 + Math.exp(-2.0 / 8)) / 2;

    assertThat(exact(circuit, model, "010")).isCloseTo(expected, within(1e-12));
    assertThat(drawn(circuit, model, "010", "statevector")).isCloseTo(expected, within(SPREAD));
  }

  @Test
  void a_measurement_on_the_way_is_misread_as_its_qubit_is() {
    Circuit circuit = circuit("x q[1]; c[1] = measure q[1]; if (c[1]) { x q[0]; }");
    String model = "readout:0+readout:0:0.25@1";

    // Read twice: on the way, which decides, and at the end.
    assertThat(drawn(circuit, model, "011", "statevector")).isCloseTo(0.5625, within(SPREAD));
    assertThat(drawn(circuit, model, "010", "statevector")).isCloseTo(0.1875, within(SPREAD));
    assertThat(drawn(circuit, model, "011", "stabilizer")).isCloseTo(0.5625, within(SPREAD));
  }

  @Test
  void a_qubit_that_was_read_does_not_change_before_it_is_read_again() {
    Circuit circuit =
        Programs.circuit(
            "OPENQASM 3.0; include \"stdgates.inc\"; qubit[2] q; bit first; bit again; x q[0];"
                + " first = measure q[0]; x q[1]; x q[1]; x q[1]; barrier q; again = measure"
                + " q[0];");

    assertThat(exact(circuit, "relaxation:10:8+gate_time:1000:3000:0", "11"))
        .isCloseTo(1, within(1e-12));
  }

  @Test
  void behind_a_region_everybody_begins_anew() {
    String model = "relaxation:10:8+gate_time:1000:3000:0";
    String before = "x q[0]; x q[1]; x q[1]; x q[1]; c[2] = measure q[2]; ";
    Circuit circuit = circuit(before + "if (c[2]) { x q[2]; } cz q[0], q[1];");

    assertThat(drawn(circuit, model, "011", "density_matrix")).isEqualTo(1);
    assertThat(drawn(circuit(before + "cz q[0], q[1];"), model, "011", "density_matrix"))
        .isCloseTo(Math.exp(-0.2), within(SPREAD));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "depolarizing:0.1@3",
        "depolarizing:0.1+depolarizing:0.1@1-1",
        "depolarizing:0.1+depolarizing:0.1:0.2@1",
        "depolarizing:0.1+depolarizing:0.1@1-2-3",
        "depolarizing:0.1+bit_flip:0.1@1",
        "relaxation:100:80@1",
        "relaxation:10:8+relaxation:10:30@1",
        "relaxation:10:8+relaxation:10:8@1-2",
        "readout:0.1@0-1",
        "gate_time:35:300:700+gate_time:1:2:3@1",
        "gate_time:35",
        "virtual_z:1",
        "readout:0.1@-1",
        "readout:0.1@x"
      })
  void a_part_about_a_qubit_that_cannot_be_read_is_refused(String model) {
    assertThatThrownBy(() -> NoiseModel.parse("noise_model", model))
        .hasMessageContaining("NOISE_MODEL_INVALID")
        .hasMessageContaining("also of one qubit (@3) or pair (@3-4)");
  }

  private static Circuit circuit(String gates) {
    return Programs.circuit(
        "OPENQASM 3.0; include \"stdgates.inc\"; qubit[3] q; bit[3] c; "
            + gates
            + " c = measure q;");
  }

  private static double exact(Circuit circuit, String model, String outcome) {
    return SimulatorsAgreeTest.run(circuit, options(model).withProbabilities(), "density_matrix")
        .probabilities()
        .orElseThrow()
        .getOrDefault(outcome, 0.0);
  }

  private static double drawn(Circuit circuit, String model, String outcome, String method) {
    return SimulatorsAgreeTest.run(circuit, options(model), method)
            .counts()
            .getOrDefault(outcome, 0L)
        / (double) SHOTS;
  }

  private static RunOptions options(String model) {
    return RunOptions.of(SHOTS, 5, 1 << 20).withNoise(NoiseModel.parse("noise_model", model));
  }
}
