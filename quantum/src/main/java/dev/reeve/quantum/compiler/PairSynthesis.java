package dev.reeve.quantum.compiler;

import dev.reeve.quantum.ComplexMatrix;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import java.util.ArrayList;
import java.util.List;

/// Builds any gate on two qubits from gates on one and the fewest controlled flips (Vatan and
/// Williams 2004), up to a phase.
final class PairSynthesis {
  private static final double QUARTER = Math.PI / 4;

  private final int first;
  private final int second;
  private final List<Operation> out = new ArrayList<>();

  private PairSynthesis(int first, int second) {
    this.first = first;
    this.second = second;
  }

  /// @param first the qubit that is bit 0
  static List<Operation> build(WeylDecomposition gate, int first, int second) {
    PairSynthesis synthesis = new PairSynthesis(first, second);
    ComplexMatrix[] before = gate.right().factors();
    synthesis.unitary(before[0], first);
    synthesis.unitary(before[1], second);
    switch (gate.flips()) {
      case 0 -> {}
      case 1 -> synthesis.one();
      case 2 -> synthesis.two(gate.strength(0), gate.strength(1));
      default -> synthesis.three(gate.strength(0), gate.strength(1), gate.strength(2));
    }
    ComplexMatrix[] after = gate.left().factors();
    synthesis.unitary(after[0], first);
    synthesis.unitary(after[1], second);
    return synthesis.out;
  }

  private void unitary(ComplexMatrix matrix, int qubit) {
    out.add(GateOperation.unitary(matrix, qubit));
  }

  private void flip(int control, int target) {
    out.add(GateOperation.of(Gate.X, target).controlledBy(control, true));
  }

  private void turn(Gate gate, double angle, int qubit) {
    out.add(GateOperation.of(gate, new double[] {angle}, qubit));
  }

  /// exp(i pi/4 XX): a flip between quarter turns, its control turned from Z to X.
  private void one() {
    out.add(GateOperation.of(Gate.H, first));
    flip(first, second);
    turn(Gate.RZ, -2 * QUARTER, first);
    turn(Gate.RX, -2 * QUARTER, second);
    out.add(GateOperation.of(Gate.H, first));
  }

  /// exp(i (a XX + b YY)): with YY turned to ZZ, a flip makes X on the one and Z on the other of
  /// the two.
  private void two(double a, double b) {
    out.add(GateOperation.of(Gate.SX, first));
    out.add(GateOperation.of(Gate.SX, second));
    flip(first, second);
    turn(Gate.RX, -2 * a, first);
    turn(Gate.RZ, -2 * b, second);
    flip(first, second);
    out.add(GateOperation.of(Gate.SXDG, first));
    out.add(GateOperation.of(Gate.SXDG, second));
  }

  private void three(double a, double b, double c) {
    turn(Gate.RZ, 2 * QUARTER, second);
    flip(second, first);
    turn(Gate.RZ, 2 * QUARTER - 2 * c, first);
    turn(Gate.RY, 2 * QUARTER - 2 * a, second);
    flip(first, second);
    turn(Gate.RY, 2 * b - 2 * QUARTER, second);
    flip(second, first);
    turn(Gate.RZ, -2 * QUARTER, first);
  }
}
