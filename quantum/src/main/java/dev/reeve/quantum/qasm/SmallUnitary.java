package dev.reeve.quantum.qasm;

import dev.reeve.quantum.ComplexMatrix;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import java.util.List;

/// The whole matrix of a few operations on a few qubits, column by column.
final class SmallUnitary {
  private final int[] qubits;
  private final int dimension;
  private final double[] re;
  private final double[] im;

  private SmallUnitary(int[] qubits) {
    this.qubits = qubits;
    this.dimension = 1 << qubits.length;
    this.re = new double[dimension * dimension];
    this.im = new double[dimension * dimension];
    for (int i = 0; i < dimension; i++) {
      re[i * dimension + i] = 1;
    }
  }

  /// The matrix of operations; the first of `qubits` is the least significant bit of a row number.
  static ComplexMatrix of(List<Operation> operations, int[] qubits) {
    SmallUnitary unitary = new SmallUnitary(qubits);
    for (Operation operation : operations) {
      if (operation instanceof GateOperation gate) {
        unitary.apply(gate);
      }
    }
    return ComplexMatrix.of(unitary.dimension, unitary.re, unitary.im);
  }

  private void apply(GateOperation gate) {
    int mask = 0;
    int value = 0;
    for (int i = 0; i < gate.controlCount(); i++) {
      int bit = bit(gate.control(i));
      mask |= bit;
      value |= gate.controlValue(i) ? bit : 0;
    }
    ComplexMatrix matrix = gate.gate() == Gate.GPHASE ? phase(gate.angle(0)) : gate.matrix();
    int[] offsets = new int[matrix.dimension()];
    for (int row = 0; row < offsets.length; row++) {
      for (int target = 0; target < gate.targetCount(); target++) {
        offsets[row] |= (row >> target & 1) == 1 ? bit(gate.target(target)) : 0;
      }
    }
    int targets = offsets[offsets.length - 1];
    for (int base = 0; base < dimension; base++) {
      if ((base & targets) == 0 && (base & mask) == value) {
        for (int column = 0; column < dimension; column++) {
          multiply(matrix, offsets, base, column);
        }
      }
    }
  }

  private void multiply(ComplexMatrix matrix, int[] offsets, int base, int column) {
    double[] inRe = new double[offsets.length];
    double[] inIm = new double[offsets.length];
    for (int k = 0; k < offsets.length; k++) {
      inRe[k] = re[(base | offsets[k]) * dimension + column];
      inIm[k] = im[(base | offsets[k]) * dimension + column];
    }
    for (int row = 0; row < offsets.length; row++) {
      double sumRe = 0;
      double sumIm = 0;
      for (int k = 0; k < offsets.length; k++) {
        sumRe += matrix.re(row, k) * inRe[k] - matrix.im(row, k) * inIm[k];
        sumIm += matrix.re(row, k) * inIm[k] + matrix.im(row, k) * inRe[k];
      }
      re[(base | offsets[row]) * dimension + column] = sumRe;
      im[(base | offsets[row]) * dimension + column] = sumIm;
    }
  }

  private static ComplexMatrix phase(double angle) {
    return ComplexMatrix.of(1, new double[] {Math.cos(angle)}, new double[] {Math.sin(angle)});
  }

  private int bit(int qubit) {
    for (int i = 0; i < qubits.length; i++) {
      if (qubits[i] == qubit) {
        return 1 << i;
      }
    }
    throw new IllegalArgumentException("qubit: " + qubit);
  }
}
