package dev.reeve.quantum;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GateMatricesTest {
  @ParameterizedTest
  @EnumSource(
      value = Gate.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"GPHASE", "UNITARY"})
  void every_gate_is_unitary_and_undone_by_its_inverse(Gate gate) {
    double[] angles = Arrays.copyOf(new double[] {0.3, -1.1, 2.7, 0.9}, gate.angles());
    int[] targets = gate.targets() == 1 ? new int[] {0} : new int[] {0, 1};
    GateOperation operation = GateOperation.of(gate, angles, targets);

    ComplexMatrix matrix = operation.matrix();
    ComplexMatrix inverse = operation.inverse().matrix();

    ComplexMatrix identity = ComplexMatrix.identity(matrix.dimension());
    assertThat(matrix.times(matrix.adjoint()).distance(identity)).isLessThan(1e-15);
    assertThat(inverse.times(matrix).distance(identity)).isLessThan(1e-15);
  }
}
