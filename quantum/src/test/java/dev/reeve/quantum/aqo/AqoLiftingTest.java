package dev.reeve.quantum.aqo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.ProblemException;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.Programs;
import dev.reeve.quantum.SplitMix;
import dev.reeve.quantum.compiler.CircuitEquivalence;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AqoLiftingTest {
  private static final String HEAD = "OPENQASM 3; include \"stdgates.inc\"; qubit[3] q; bit[3] c; ";

  private static String lifted(String program) {
    return AqoLifting.document(Programs.circuit(HEAD + program)).canonical().utf8();
  }

  @Test
  void a_circuit_of_common_gates_is_version_1_0_0() {
    assertThat(lifted("h q[0]; cx q[0], q[1]; sdg q[2]; c[0] = measure q[0]; c[2] = measure q[1];"))
        .isEqualTo(
            "{\"operations\":[{\"op\":\"H\",\"q\":[0]},{\"op\":\"CX\",\"q\":[0,1]},"
                + "{\"op\":\"RZ\",\"params\":{\"theta\":-1.5707963267948966},\"q\":[2]},"
                + "{\"c\":[0,2],\"op\":\"MEASURE\",\"q\":[0,1]}],"
                + "\"qubits\":3,\"version\":\"1.0.0\"}");
  }

  @Test
  void feedback_is_version_1_1() {
    assertThat(
            lifted(
                "c[0] = measure q[0]; if (c[0]) { x q[1]; } else { h q[1]; }"
                    + " if (!c[0]) z q[1]; barrier q[0], q[1]; if (c == 5) { reset q; }"))
        .isEqualTo(
            "{\"operations\":[{\"c\":[0],\"op\":\"MEASURE\",\"q\":[0]},"
                + "{\"c\":[0],\"else\":[{\"op\":\"H\",\"q\":[1]}],\"op\":\"IF\","
                + "\"then\":[{\"op\":\"X\",\"q\":[1]}],\"value\":1},"
                + "{\"c\":[0],\"op\":\"IF\",\"then\":[{\"op\":\"Z\",\"q\":[1]}],\"value\":0},"
                + "{\"op\":\"BARRIER\",\"q\":[0,1]},"
                + "{\"c\":[0,1,2],\"op\":\"IF\",\"then\":[{\"op\":\"RESET\",\"q\":[0]},"
                + "{\"op\":\"RESET\",\"q\":[1]},{\"op\":\"RESET\",\"q\":[2]}],\"value\":5}],"
                + "\"qubits\":3,\"version\":\"1.1\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "uint[4] n = 1; c[0] = measure q[0]; if (c[0]) n = 2; if (n == 2) x q[0]; | computed",
        "c[0] = measure q[0]; if (c[0]) { c[1] = 1; }                              | computed",
        "c[0] = measure q[0]; c[1] = measure q[1]; if (c[0] < c[1]) x q[0];       | a condition",
        "measure q[0]; h q[0]; c = measure q;                                     | nobody keeps"
      })
  void what_the_format_has_no_words_for_is_refused_by_name(String program, String reason) {
    assertThatThrownBy(() -> lifted(program))
        .isInstanceOf(ProblemException.class)
        .hasMessageStartingWith("AQO_NOT_EXPRESSIBLE")
        .hasMessageContaining(reason);
  }

  @Test
  void random_circuits_mean_the_same_in_either_version() {
    RandomGenerator random = new SplitMix(3);
    for (int i = 0; i < 100; i++) {
      Circuit circuit = random(random);

      for (AqoVersion version : AqoVersion.values()) {
        AqoDocument document = AqoLifting.document(circuit, version);
        AqoDocument read = AqoReader.read(document.canonical(), AqoLimits.DEFAULT);

        assertThat(CircuitEquivalence.compare(AqoLowering.circuit(read), circuit).equivalent())
            .as("%s %s", version, circuit)
            .contains(true);
      }
    }
  }

  private static Circuit random(RandomGenerator random) {
    List<Gate> gates = new ArrayList<>(List.of(Gate.values()));
    gates.remove(Gate.UNITARY);
    List<Operation> operations = new ArrayList<>();
    operations.add(GateOperation.of(Gate.H, 0));
    for (int i = 0; i < 8; i++) {
      Gate gate = gates.get(random.nextInt(gates.size()));
      double[] angles = random.doubles(gate.angles(), -4, 4).toArray();
      int first = random.nextInt(4);
      int[] targets = new int[gate.targets()];
      for (int k = 0; k < targets.length; k++) {
        targets[k] = (first + k) % 4;
      }
      GateOperation operation = GateOperation.of(gate, angles, targets);
      for (int k = random.nextInt(4 - targets.length + 1); k > 0; k--) {
        operation = operation.controlledBy((first + targets.length + k - 1) % 4, k != 2);
      }
      operations.add(operation);
    }
    return Circuit.of(4, 0, operations);
  }
}
