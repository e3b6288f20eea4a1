package dev.reeve.quantum.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Gates under many controls become gates on one and two qubits that do the same, and not many.
class DecomposerTest {
  private static final List<GateOperation> GATES =
      List.of(
          GateOperation.of(Gate.X, 0),
          GateOperation.of(Gate.Y, 0),
          GateOperation.of(Gate.Z, 0),
          GateOperation.of(Gate.H, 0),
          GateOperation.of(Gate.S, 0),
          GateOperation.of(Gate.RX, new double[] {0.7}, 0),
          GateOperation.of(Gate.RY, new double[] {-2.9}, 0),
          GateOperation.of(Gate.RZ, new double[] {2 * Math.PI}, 0),
          GateOperation.of(Gate.P, new double[] {1.1}, 0),
          GateOperation.of(Gate.U, new double[] {0.3, -1.2, 2.1, 0.9}, 0),
          GateOperation.of(Gate.GPHASE, new double[] {0.8}),
          GateOperation.of(Gate.SWAP, 0, 1),
          GateOperation.of(Gate.RZZ, new double[] {0.4}, 0, 1));

  static Stream<Arguments> controlled() {
    return GATES.stream()
        .flatMap(gate ->
            IntStream.rangeClosed(2, 6)
                .boxed()
                .flatMap(controls ->
                    IntStream.rangeClosed(0, 2)
                        .filter(idle -> gate.qubitCount() + controls + idle <= 7)
                        .mapToObj(idle -> Arguments.of(gate, controls, idle))));
  }

  @ParameterizedTest(name = "{0} under {1} controls beside {2} idle qubits")
  @MethodSource("controlled")
  void controlled_gate_does_the_same_apart(GateOperation gate, int controls, int idle) {
    Circuit source = controlled(gate, controls, idle);

    List<Operation> apart = Decomposer.decompose(source.operations(), source.qubits());

    assertThat(apart).allMatch(operation -> ((GateOperation) operation).qubitCount() <= 2);
    assertThat(
            CircuitEquivalence.compare(source, Circuit.of(source.qubits(), 0, apart)).equivalent())
        .contains(true);
  }

  /// Borrowed qubits are looked for among all; the figures are those of a flip without any, with
  /// one, and with many.
  @ParameterizedTest
  @CsvSource({
    "X, 10, 0, 4200",
    "X, 10, 1, 600",
    "X, 10, 8, 350",
    "X, 60, 1, 4200",
    "RY, 60, 1, 8400",
    "P, 60, 1, 210000"
  })
  void gates_do_not_double_with_every_control(Gate gate, int controls, int idle, int most) {
    double[] angles = gate == Gate.X ? new double[0] : new double[] {0.7};
    Circuit source = controlled(GateOperation.of(gate, angles, 0), controls, idle);

    assertThat(CircuitCompiler.operationsTakenApart(source, 1_000_000)).isLessThan(most);
    assertThat(CircuitCompiler.operationsTakenApart(source, 100)).isGreaterThan(100);
  }

  private static Circuit controlled(GateOperation gate, int controls, int idle) {
    GateOperation controlled = gate;
    int first = gate.qubitCount();
    for (int i = 0; i < controls; i++) {
      controlled = controlled.controlledBy(first + i, i != 1);
    }
    return Circuit.of(first + controls + idle, 0, List.of(controlled));
  }
}
