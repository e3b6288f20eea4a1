package dev.reeve.quantum.compiler;

import dev.reeve.quantum.ComplexMatrix;
import dev.reeve.quantum.GateOperation;

/// What gates on two qubits do together, as a matrix that is worked on in place. Bit 0 of a row
/// number is the first qubit. Not thread-safe.
final class Matrix4 {
  final double[] re = new double[16];
  final double[] im = new double[16];

  static Matrix4 identity() {
    Matrix4 m = new Matrix4();
    for (int i = 0; i < 4; i++) {
      m.re[5 * i] = 1;
    }
    return m;
  }

  /// The product of gates on two qubits, `second` above `first`.
  static Matrix4 of(ComplexMatrix first, ComplexMatrix second) {
    Matrix4 m = identity();
    m.oneQubit(first, 0);
    m.oneQubit(second, 1);
    return m;
  }

  static Matrix4 of(double[] re, double[] im) {
    Matrix4 m = new Matrix4();
    System.arraycopy(re, 0, m.re, 0, 16);
    System.arraycopy(im, 0, m.im, 0, 16);
    return m;
  }

  /// One more gate after those that are in it already.
  ///
  /// @param first the qubit that is bit 0
  void then(GateOperation gate, int first) {
    if (gate.qubitCount() == 1) {
      oneQubit(gate.matrix(), gate.target(0) == first ? 0 : 1);
    } else {
      flip(gate.control(0) == first ? 0 : 1);
    }
  }

  /// A gate on one of the two after the rest.
  void oneQubit(ComplexMatrix gate, int bit) {
    int step = 4 << bit;
    for (int row = 0; row < 4; row++) {
      if (((row >> bit) & 1) == 0) {
        for (int column = 0; column < 4; column++) {
          int low = 4 * row + column;
          int high = low + step;
          double a = re[low];
          double b = im[low];
          double c = re[high];
          double d = im[high];
          re[low] = sumRe(gate, 0, a, b, c, d);
          im[low] = sumIm(gate, 0, a, b, c, d);
          re[high] = sumRe(gate, 1, a, b, c, d);
          im[high] = sumIm(gate, 1, a, b, c, d);
        }
      }
    }
  }

  private static double sumRe(ComplexMatrix g, int row, double a, double b, double c, double d) {
    return g.re(row, 0) * a - g.im(row, 0) * b + g.re(row, 1) * c - g.im(row, 1) * d;
  }

  private static double sumIm(ComplexMatrix g, int row, double a, double b, double c, double d) {
    return g.re(row, 0) * b + g.im(row, 0) * a + g.re(row, 1) * d + g.im(row, 1) * c;
  }

  /// A controlled flip after the rest.
  ///
  /// @param control 0 when the first qubit is the control
  void flip(int control) {
    int one = control == 0 ? 1 : 2;
    for (int column = 0; column < 4; column++) {
      exchangeCells(4 * one + column, 12 + column);
    }
  }

  void exchangeCells(int cell, int other) {
    double keptRe = re[cell];
    double keptIm = im[cell];
    re[cell] = re[other];
    im[cell] = im[other];
    re[other] = keptRe;
    im[other] = keptIm;
  }

  /// This after `right`.
  Matrix4 times(Matrix4 right) {
    Matrix4 out = new Matrix4();
    for (int row = 0; row < 4; row++) {
      for (int k = 0; k < 4; k++) {
        double a = re[4 * row + k];
        double b = im[4 * row + k];
        for (int column = 0; column < 4; column++) {
          double c = right.re[4 * k + column];
          double d = right.im[4 * k + column];
          out.re[4 * row + column] += a * c - b * d;
          out.im[4 * row + column] += a * d + b * c;
        }
      }
    }
    return out;
  }

  /// The phase, in radians, by which another matrix is ahead that is the same but for a phase.
  double phaseTo(Matrix4 other) {
    double sumRe = 0;
    double sumIm = 0;
    for (int i = 0; i < 16; i++) {
      sumRe += re[i] * other.re[i] + im[i] * other.im[i];
      sumIm += re[i] * other.im[i] - im[i] * other.re[i];
    }
    return Math.atan2(sumIm, sumRe);
  }

  Matrix4 transposed() {
    Matrix4 out = new Matrix4();
    for (int row = 0; row < 4; row++) {
      for (int column = 0; column < 4; column++) {
        out.re[4 * row + column] = re[4 * column + row];
        out.im[4 * row + column] = im[4 * column + row];
      }
    }
    return out;
  }

  Matrix4 adjoint() {
    Matrix4 out = transposed();
    for (int i = 0; i < 16; i++) {
      out.im[i] = -out.im[i];
    }
    return out;
  }

  /// Every cell times a number.
  void scale(double byRe, double byIm) {
    for (int i = 0; i < 16; i++) {
      double a = re[i];
      re[i] = a * byRe - im[i] * byIm;
      im[i] = a * byIm + im[i] * byRe;
    }
  }

  /// How much of it is the same as the other, up to a phase: 1 for the same.
  double overlap(Matrix4 other) {
    double sumRe = 0;
    double sumIm = 0;
    for (int i = 0; i < 16; i++) {
      sumRe += re[i] * other.re[i] + im[i] * other.im[i];
      sumIm += im[i] * other.re[i] - re[i] * other.im[i];
    }
    return Math.hypot(sumRe, sumIm) / 4;
  }

  /// Whether it leaves a qubit's Z (or X) alone: it commutes with it.
  ///
  /// @param bit 0 for the first qubit
  boolean commutesWithZ(int bit, double tolerance) {
    for (int row = 0; row < 4; row++) {
      for (int column = 0; column < 4; column++) {
        int cell = 4 * row + column;
        if ((((row ^ column) >> bit) & 1) == 1 && Math.hypot(re[cell], im[cell]) > tolerance) {
          return false;
        }
      }
    }
    return true;
  }

  /// See [#commutesWithZ].
  boolean commutesWithX(int bit, double tolerance) {
    int flip = 1 << bit;
    for (int row = 0; row < 4; row++) {
      for (int column = 0; column < 4; column++) {
        int cell = 4 * row + column;
        int other = 4 * (row ^ flip) + (column ^ flip);
        if (Math.hypot(re[cell] - re[other], im[cell] - im[other]) > tolerance) {
          return false;
        }
      }
    }
    return true;
  }

  /// The two gates that this one is made of, when nothing joins the qubits.
  ///
  /// @return the one on the first qubit, then the one on the second
  ComplexMatrix[] factors() {
    int most = 0;
    for (int i = 1; i < 16; i++) {
      most = Math.hypot(re[i], im[i]) > Math.hypot(re[most], im[most]) ? i : most;
    }
    ComplexMatrix first = part(most, 0);
    ComplexMatrix second = part(most, 1);
    // Their phases are free; that of the whole is not looked at.
    return new ComplexMatrix[] {first, second};
  }

  /// The rows and columns in which the other qubit is as in the largest cell, made unitary.
  private ComplexMatrix part(int cell, int bit) {
    int others = 3 - (1 << bit);
    int row = cell / 4 & others;
    int column = cell % 4 & others;
    double[] outRe = new double[4];
    double[] outIm = new double[4];
    double norm = 0;
    for (int i = 0; i < 4; i++) {
      int at = 4 * (row | ((i / 2) << bit)) + (column | ((i % 2) << bit));
      outRe[i] = re[at];
      outIm[i] = im[at];
      norm += re[at] * re[at] + im[at] * im[at];
    }
    double scale = Math.sqrt(2 / norm);
    for (int i = 0; i < 4; i++) {
      outRe[i] *= scale;
      outIm[i] *= scale;
    }
    return ComplexMatrix.of(2, outRe, outIm);
  }
}
