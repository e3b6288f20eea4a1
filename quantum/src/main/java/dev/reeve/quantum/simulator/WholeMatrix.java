package dev.reeve.quantum.simulator;

import dev.reeve.quantum.ComplexMatrix;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.QuantumProblems;

/// The matrix of a gate with its controls, targets in the low bits of a row number.
final class WholeMatrix {
  /// Most qubits of a gate whose matrix is written out.
  static final int QUBITS_MAX = 8;

  /// Most qubits of a gate whose matrix is kept: a larger one is written out each time, because a
  /// circuit has many gates.
  static final int KEPT_QUBITS_MAX = 3;

  private WholeMatrix() {}

  /// @throws dev.reeve.base.ProblemException `SIMULATION_METHOD_UNSUITABLE` for a gate on more
  ///   qubits than [#QUBITS_MAX]
  static void requireFew(GateOperation gate) {
    if (gate.qubitCount() > QUBITS_MAX) {
      throw QuantumProblems.SIMULATION_METHOD_UNSUITABLE
          .because(
              "method: matrix_product_state, but a gate has %d qubits (expected: at most %d)"
                  .formatted(gate.qubitCount(), QUBITS_MAX))
          .toException();
    }
  }

  /// @param gate on at most [#QUBITS_MAX] qubits
  static ComplexMatrix of(GateOperation gate) {
    ComplexMatrix small = small(gate);
    int dimension = 1 << gate.qubitCount();
    int targets = gate.targetCount();
    int acting = 0;
    for (int i = 0; i < gate.controlCount(); i++) {
      acting |= gate.controlValue(i) ? 1 << i : 0;
    }
    double[] re = new double[dimension * dimension];
    double[] im = new double[dimension * dimension];
    for (int row = 0; row < dimension; row++) {
      if (row >> targets != acting) {
        re[row * dimension + row] = 1;
        continue;
      }
      int first = row & -(1 << targets);
      for (int column = 0; column < small.dimension(); column++) {
        int cell = row * dimension + first + column;
        re[cell] = small.re(row - first, column);
        im[cell] = small.im(row - first, column);
      }
    }
    return ComplexMatrix.of(dimension, re, im);
  }

  private static ComplexMatrix small(GateOperation gate) {
    if (gate.gate() == Gate.GPHASE) {
      double angle = gate.angle(0);
      return ComplexMatrix.of(1, new double[] {Math.cos(angle)}, new double[] {Math.sin(angle)});
    }
    return gate.matrix();
  }
}
