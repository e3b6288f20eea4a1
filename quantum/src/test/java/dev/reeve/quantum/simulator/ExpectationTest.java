package dev.reeve.quantum.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.reeve.base.ProblemException;
import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Programs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpectationTest {
  private static final String HEAD =
      "OPENQASM 3.0; include \"stdgates.inc\"; qubit[3] q; bit[3] c; ";

  @ParameterizedTest
  @CsvSource({
    "'', Z0, 1, 0",
    "'', X0, 0, 1",
    "x q[0];, Z0, -1, 0",
    "rx(-pi/2) q[0];, Y0, 1, 0",
    "'h q[0]; cx q[0], q[1];', X0*X1, 1, 0",
    "'h q[0]; cx q[0], q[1];', Y0*Y1, -1, 0",
    "'h q[0]; cx q[0], q[1];', Z0*Z1 + 0.5*X0*X1 - Y0*Y1, 2.5, 0",
    "'h q[0]; cx q[0], q[1];', 0.5*Z0 + 2, 2, 0.25",
    "ry(0.8) q[2];, -3*Z2, -2.090120128041496, 4.631397850355799",
    "h q; c = measure q;, X0 + X1 + X2 - 1e-1, 2.9, 0",
  })
  void mean_and_variance(String gates, String observable, double value, double variance) {
    Expectation found =
        new StateVectorSimulator()
            .expectation(
                Programs.circuit(HEAD + gates),
                PauliSum.parse("observable", observable),
                1 << 20,
                CancelSignal.NEVER);

    assertThat(found.value()).isCloseTo(value, within(1e-8));
    assertThat(found.variance()).isCloseTo(variance, within(1e-8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Z", "Z0Z1", "Q0", "Z0*Z0", "Z0 +", "1..2*Z0", "Z99", "Z0*", "+-Z0"})
  void what_cannot_be_read_is_refused(String observable) {
    assertThatThrownBy(() -> PauliSum.parse("observable", observable))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("expected: a sum of products");
  }

  @Test
  void qubits_that_the_circuit_has_not_are_refused() {
    assertThatThrownBy(() ->
            new StateVectorSimulator()
                .expectation(
                    Programs.circuit(HEAD),
                    PauliSum.parse("observable", "Z3"),
                    1 << 20,
                    CancelSignal.NEVER))
        .hasMessageEndingWith("observable: qubit 3 (expected: below 3)");
  }
}
