package dev.reeve.quantum;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CircuitMetricsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          h q[0]; h q[1]; h q[2];                                     | 1 | 3 | 0 | 0
          h q[0]; cx q[0], q[1]; cx q[1], q[2];                       | 3 | 3 | 2 | 0
          ccx q[0], q[1], q[2]; swap q[0], q[1];                      | 2 | 2 | 1 | 1
          x q[0]; barrier q; x q[1];                                  | 2 | 2 | 0 | 0
          x q[0]; c[0] = measure q[0]; c[0] = measure q[1];           | 3 | 1 | 0 | 0
          gphase(1); reset q[0]; reset q[0];                          | 2 | 0 | 0 | 0
          c[0] = measure q[0]; if (c[0]) { x q[1]; y q[1]; } else z q[1]; | 3 | 3 | 0 | 0
          c[0] = measure q[0]; while (c[0]) { x q[0]; c[0] = measure q[0]; } | 3 | 1 | 0 | 0
          """)
  void sizes_of_a_circuit(String body, int depth, int gates, int twoQubitGates, int largerGates) {
    Circuit circuit =
        Programs.circuit("OPENQASM 3.0; include \"stdgates.inc\"; qubit[3] q; bit[3] c; " + body);

    assertThat(CircuitMetrics.of(circuit))
        .isEqualTo(new CircuitMetrics(depth, gates, twoQubitGates, largerGates));
  }
}
