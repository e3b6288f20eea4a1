package dev.reeve.quantum.compiler;

import dev.reeve.quantum.ComplexMatrix;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes one-qubit gates given by their matrix under the names that people know, up to a phase:
/// one gate for each.
final class OneQubitGates {
  private static final double TOLERANCE = 1e-9;
  private static final List<Gate> FIXED =
      List.of(
          Gate.X, Gate.Z, Gate.H, Gate.S, Gate.SDG, Gate.T, Gate.TDG, Gate.SX, Gate.SXDG, Gate.Y);

  private OneQubitGates() {}

  static List<Operation> named(List<Operation> operations) {
    List<Operation> out = new ArrayList<>(operations.size());
    for (Operation operation : operations) {
      if (operation instanceof GateOperation gate
          && gate.gate() == Gate.UNITARY
          && gate.qubitCount() == 1) {
        named(gate.matrix(), gate.target(0)).ifPresent(out::add);
      } else {
        out.add(operation);
      }
    }
    return out;
  }

  /// Empty for one that does nothing.
  private static Optional<GateOperation> named(ComplexMatrix matrix, int qubit) {
    if (isSame(matrix, ComplexMatrix.identity(2))) {
      return Optional.empty();
    }
    for (Gate gate : FIXED) {
      GateOperation candidate = GateOperation.of(gate, qubit);
      if (isSame(matrix, candidate.matrix())) {
        return Optional.of(candidate);
      }
    }
    EulerAngles angles = EulerAngles.of(matrix);
    if (angles.theta() == 0) {
      return Optional.of(turn(Gate.P, angles.lambda(), qubit));
    }
    if (angles.phi() == 0 && angles.lambda() == 0) {
      return Optional.of(turn(Gate.RY, angles.theta(), qubit));
    }
    for (double theta : new double[] {angles.theta(), -angles.theta()}) {
      GateOperation candidate = turn(Gate.RX, theta, qubit);
      if (isSame(matrix, candidate.matrix())) {
        return Optional.of(candidate);
      }
    }
    double[] u = {angles.theta(), angles.phi(), angles.lambda(), 0};
    return Optional.of(GateOperation.of(Gate.U, u, qubit));
  }

  private static GateOperation turn(Gate gate, double angle, int qubit) {
    return GateOperation.of(gate, new double[] {angle}, qubit);
  }

  /// Up to a phase, which the largest cell tells.
  private static boolean isSame(ComplexMatrix a, ComplexMatrix b) {
    int row = Math.hypot(b.re(0, 0), b.im(0, 0)) > 0.5 ? 0 : 1;
    double re = a.re(row, 0) * b.re(row, 0) + a.im(row, 0) * b.im(row, 0);
    double im = a.im(row, 0) * b.re(row, 0) - a.re(row, 0) * b.im(row, 0);
    double size = Math.hypot(re, im);
    if (size < 0.1) {
      return false;
    }
    double[] phase = {re / size, im / size};
    double worst = 0;
    for (int cell = 0; cell < 4; cell++) {
      double c = b.re(cell / 2, cell % 2);
      double d = b.im(cell / 2, cell % 2);
      double apartRe = a.re(cell / 2, cell % 2) - (c * phase[0] - d * phase[1]);
      double apartIm = a.im(cell / 2, cell % 2) - (c * phase[1] + d * phase[0]);
      worst = Math.max(worst, Math.hypot(apartRe, apartIm));
    }
    return worst < TOLERANCE;
  }
}
