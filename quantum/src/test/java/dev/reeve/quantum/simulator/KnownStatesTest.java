package dev.reeve.quantum.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.reeve.quantum.Complex;
import dev.reeve.quantum.Programs;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Circuits whose states can be written down.
class KnownStatesTest {
  private static final double ROOT_HALF = Math.sqrt(0.5);

  @Test
  void bell_pair_has_two_equal_amplitudes() {
    Complex[] state =
        Programs.amplitudes(
            Programs.circuit(
                """
                OPENQASM 3.0;
                include "stdgates.inc";
                qubit[2] q;
                h q[0];
                cx q[0], q[1];
                """));

    assertState(state, ROOT_HALF, 0, 0, ROOT_HALF);
  }

  @Test
  void bell_pair_gives_equal_bits() {
    SimulationResult result =
        Programs.run(
            """
            OPENQASM 2.0;
            include "qelib1.inc";
            qreg q[2];
            creg c[2];
            h q[0];
            cx q[0], q[1];
            measure q -> c;
            """,
            1000,
            7);

    assertThat(result.counts()).containsOnlyKeys("00", "11");
    assertThat(result.counts().values().stream().mapToLong(Long::longValue).sum()).isEqualTo(1000);
    assertThat(result.counts().get("00")).isBetween(420L, 580L);
  }

  @Test
  void ghz_state_of_many_qubits_is_all_zeros_or_all_ones() {
    Complex[] state =
        Programs.amplitudes(
            Programs.circuit(
                """
                OPENQASM 3.0;
                include "stdgates.inc";
                qubit[10] q;
                h q[0];
                for int i in [0:8] { cx q[i], q[i + 1]; }
                """));

    assertThat(state[0].re()).isCloseTo(ROOT_HALF, within(1e-14));
    assertThat(state[1023].re()).isCloseTo(ROOT_HALF, within(1e-14));
    assertThat(norm(state)).isCloseTo(1, within(1e-13));
  }

  @Test
  void fourier_transform_equals_the_sum_that_defines_it() {
    String program =
        """
        OPENQASM 3.0;
        include "stdgates.inc";
        qubit[5] q;
        x q[0];
        x q[2];
        x q[3];
        for int i in [4:-1:0] {
          h q[i];
          for int j in [i - 1:-1:0] { cp(pi / 2 ** (i - j)) q[j], q[i]; }
        }
        for int i in [0:1] { swap q[i], q[4 - i]; }
        """;

    Complex[] state = Programs.amplitudes(Programs.circuit(program));

    int input = 0b01101;
    for (int k = 0; k < 32; k++) {
      Complex expected = Complex.unit(2 * Math.PI * input * k / 32).times(1 / Math.sqrt(32));
      assertThat(state[k].plus(expected.times(-1)).modulus()).as("k = %d", k).isLessThan(1e-14);
    }
  }

  @Test
  void grover_search_over_two_qubits_finds_its_item_at_once() {
    SimulationResult result =
        Programs.run(
            """
            OPENQASM 3.0;
            include "stdgates.inc";
            qubit[2] q;
            h q;
            x q[0];
            cz q[0], q[1];
            x q[0];
            h q;
            x q;
            cz q[0], q[1];
            x q;
            h q;
            bit[2] c = measure q;
            """,
            500,
            1);

    assertThat(result.counts()).isEqualTo(Map.of("10", 500L));
  }

  @Test
  void teleportation_with_feedback_moves_any_state() {
    SimulationResult result =
        Programs.run(
            """
            OPENQASM 3.0;
            include "stdgates.inc";
            qubit message;
            qubit[2] pair;
            bit[2] told;
            bit out;
            U(1.1, 0.4, -0.7) message;
            h pair[0];
            cx pair[0], pair[1];
            cx message, pair[0];
            h message;
            told[0] = measure message;
            told[1] = measure pair[0];
            if (told[1]) x pair[1];
            if (told[0]) z pair[1];
            inv @ U(1.1, 0.4, -0.7) pair[1];
            out = measure pair[1];
            """,
            4000,
            11);

    assertThat(result.counts().keySet()).allMatch(outcome -> outcome.charAt(0) == '0');
    assertThat(result.counts()).hasSize(4);
    assertThat(result.counts().values()).allMatch(count -> count > 850 && count < 1150);
  }

  @Test
  void global_phase_is_kept_in_amplitudes() {
    Complex[] state =
        Programs.amplitudes(Programs.circuit("OPENQASM 3.0; qubit q; gphase(0.5); U(0, 0, 0) q;"));

    assertThat(state[0].re()).isCloseTo(Math.cos(0.5), within(1e-15));
    assertThat(state[0].im()).isCloseTo(Math.sin(0.5), within(1e-15));
  }

  private static double norm(Complex[] state) {
    double sum = 0;
    for (Complex each : state) {
      sum += each.modulus() * each.modulus();
    }
    return sum;
  }

  private static void assertState(Complex[] state, double... expected) {
    assertThat(state).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(state[i].re()).as("amplitude %d", i).isCloseTo(expected[i], within(1e-14));
      assertThat(state[i].im()).as("amplitude %d", i).isCloseTo(0, within(1e-14));
    }
  }
}
