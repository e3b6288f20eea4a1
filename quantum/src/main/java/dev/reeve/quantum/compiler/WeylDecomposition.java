package dev.reeve.quantum.compiler;

import dev.reeve.quantum.ComplexMatrix;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;

/// A gate on two qubits as gates on one, then `exp(i (a XX + b YY + c ZZ))`, then gates on one
/// (Khaneja and Glaser 2001; Zhang and others 2003): `pi/4 >= a >= b >= |c|`. How many controlled
/// flips the gate needs can be read off the three numbers. Phases are left out.
final class WeylDecomposition {
  private static final double ROOT_HALF = Math.sqrt(0.5);
  private static final int SWEEPS_MAX = 60;
  private static final double ZERO = 1e-9;

  /// What is left of squares off the diagonal by rounding.
  private static final double NOISE = 1e-30;

  private static final double QUARTER = Math.PI / 4;

  /// Far beyond rounding.
  private static final double SURE = 1e-6;

  /// The cells of `YY`, from one corner to the other.
  private static final int[] SIGNS = {-1, 1, 1, -1};

  private static final Matrix4 MAGIC =
      Matrix4.of(
          new double[] {
            ROOT_HALF, 0, 0, 0, 0, 0, 0, ROOT_HALF, 0, 0, 0, -ROOT_HALF, ROOT_HALF, 0, 0, 0
          },
          new double[] {
            0, ROOT_HALF, 0, 0, 0, 0, ROOT_HALF, 0, 0, 0, ROOT_HALF, 0, 0, -ROOT_HALF, 0, 0
          });
  private static final Matrix4 MAGIC_BACK = MAGIC.adjoint();

  private static final ComplexMatrix[] PAULIS = {matrix(Gate.X), matrix(Gate.Y), matrix(Gate.Z)};

  /// The gate that exchanges all axes but this one.
  private static final ComplexMatrix[] TURNS = {matrix(Gate.SX), matrix(Gate.H), matrix(Gate.S)};

  private final double[] strength = new double[3];
  private Matrix4 left;
  private Matrix4 right;

  private WeylDecomposition(Matrix4 left, Matrix4 right) {
    this.left = left;
    this.right = right;
  }

  private static ComplexMatrix matrix(Gate gate) {
    return GateOperation.of(gate, 0).matrix();
  }

  /// @param unitary left as it is
  static WeylDecomposition of(Matrix4 unitary) {
    Matrix4 special = Matrix4.of(unitary.re, unitary.im);
    divideByDeterminant(special);
    Matrix4 inMagic = MAGIC_BACK.times(special).times(MAGIC);
    Matrix4 square = inMagic.transposed().times(inMagic);
    double[] axes = commonAxes(square);
    double[] angles = angles(square, axes);
    Matrix4 back = new Matrix4();
    Matrix4 forth = new Matrix4();
    for (int row = 0; row < 4; row++) {
      for (int column = 0; column < 4; column++) {
        back.re[4 * row + column] = axes[4 * column + row];
        forth.re[4 * row + column] = axes[4 * row + column] * Math.cos(angles[column]);
        forth.im[4 * row + column] = -axes[4 * row + column] * Math.sin(angles[column]);
      }
    }
    WeylDecomposition result =
        new WeylDecomposition(
            MAGIC.times(inMagic.times(forth)).times(MAGIC_BACK),
            MAGIC.times(back).times(MAGIC_BACK));
    result.strength[0] = (angles[0] + angles[2]) / 2;
    result.strength[1] = (angles[1] + angles[2]) / 2;
    result.strength[2] = (angles[0] + angles[1]) / 2;
    result.intoChamber();
    return result;
  }

  /// Controlled flips that a gate needs at least, without its decomposition: of those that need
  /// fewer the trace of `U YY U^T YY` is real, 0 for one flip and 4 for none, after its square has
  /// been divided by the determinant (Shende, Bullock and Markov 2004).
  static int flipsAtLeast(Matrix4 unitary) {
    double re = 0;
    double im = 0;
    for (int cell = 0; cell < 16; cell++) {
      double a = unitary.re[cell];
      double b = unitary.im[cell];
      double c = unitary.re[15 - cell];
      double d = unitary.im[15 - cell];
      int sign = SIGNS[cell / 4] * SIGNS[cell % 4];
      re += sign * (a * c - b * d);
      im += sign * (a * d + b * c);
    }
    double[] det = determinant(unitary);
    double squareRe = re * re - im * im;
    double squareIm = 2 * re * im;
    double real = squareRe * det[0] + squareIm * det[1];
    double imaginary = squareIm * det[0] - squareRe * det[1];
    double size = Math.sqrt(Math.sqrt(real * real + imaginary * imaginary));
    double half = Math.atan2(imaginary, real) / 2;
    if (Math.abs(size * Math.sin(half)) > SURE) {
      return 3;
    }
    return size > SURE && size < 4 - SURE ? 2 : 0;
  }

  /// So that the determinant is one.
  private static void divideByDeterminant(Matrix4 m) {
    double[] det = determinant(m);
    double angle = -Math.atan2(det[1], det[0]) / 4;
    m.scale(Math.cos(angle), Math.sin(angle));
  }

  /// By elimination.
  private static double[] determinant(Matrix4 matrix) {
    Matrix4 m = Matrix4.of(matrix.re, matrix.im);
    double detRe = 1;
    double detIm = 0;
    for (int pivot = 0; pivot < 4; pivot++) {
      int best = pivot;
      for (int row = pivot + 1; row < 4; row++) {
        best = size(m, row, pivot) > size(m, best, pivot) ? row : best;
      }
      if (best != pivot) {
        detRe = -detRe;
        detIm = -detIm;
        for (int column = 0; column < 4; column++) {
          m.exchangeCells(4 * best + column, 4 * pivot + column);
        }
      }
      double a = m.re[5 * pivot];
      double b = m.im[5 * pivot];
      double kept = detRe;
      detRe = kept * a - detIm * b;
      detIm = kept * b + detIm * a;
      double norm = a * a + b * b;
      for (int row = pivot + 1; row < 4; row++) {
        double c = m.re[4 * row + pivot];
        double d = m.im[4 * row + pivot];
        double factorRe = (c * a + d * b) / norm;
        double factorIm = (d * a - c * b) / norm;
        for (int column = pivot; column < 4; column++) {
          double e = m.re[4 * pivot + column];
          double f = m.im[4 * pivot + column];
          m.re[4 * row + column] -= factorRe * e - factorIm * f;
          m.im[4 * row + column] -= factorRe * f + factorIm * e;
        }
      }
    }
    return new double[] {detRe, detIm};
  }

  private static double size(Matrix4 m, int row, int column) {
    return Math.hypot(m.re[4 * row + column], m.im[4 * row + column]);
  }

  /// The real rotation that makes real and imaginary part diagonal at once: they commute. Columns
  /// are the axes; its determinant is one.
  private static double[] commonAxes(Matrix4 square) {
    double[][] parts = {square.re.clone(), square.im.clone()};
    double[] axes = Matrix4.identity().re.clone();
    for (int sweep = 0; sweep < SWEEPS_MAX; sweep++) {
      double most = 0;
      for (int p = 0; p < 3; p++) {
        for (int q = p + 1; q < 4; q++) {
          double sine = turn(parts, axes, p, q);
          most = Math.max(most, Math.abs(sine));
        }
      }
      if (most == 0) {
        break;
      }
    }
    if (determinantOfReal(axes) < 0) {
      for (int row = 0; row < 4; row++) {
        axes[4 * row] = -axes[4 * row];
      }
    }
    return axes;
  }

  private static double determinantOfReal(double[] axes) {
    return determinant(Matrix4.of(axes, new double[16]))[0];
  }

  /// The rotation between two axes that leaves least off the diagonals (Cardoso and Souloumiac
  /// 1996).
  ///
  /// @return its sine
  private static double turn(double[][] parts, double[] axes, int p, int q) {
    double on = 0;
    double off = 0;
    double left = 0;
    for (double[] part : parts) {
      double difference = part[5 * p] - part[5 * q];
      double twice = part[4 * p + q] + part[4 * q + p];
      on += difference * difference - twice * twice;
      off += 2 * difference * twice;
      left += twice * twice;
    }
    if (left < NOISE) {
      return 0;
    }
    double angle = 0.25 * Math.atan2(off, on);
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    for (double[] part : parts) {
      for (int k = 0; k < 4; k++) {
        double a = part[4 * p + k];
        double b = part[4 * q + k];
        part[4 * p + k] = cos * a + sin * b;
        part[4 * q + k] = cos * b - sin * a;
      }
      columns(part, p, q, cos, sin);
    }
    columns(axes, p, q, cos, sin);
    return sin;
  }

  private static void columns(double[] m, int p, int q, double cos, double sin) {
    for (int k = 0; k < 4; k++) {
      double a = m[4 * k + p];
      double b = m[4 * k + q];
      m[4 * k + p] = cos * a + sin * b;
      m[4 * k + q] = cos * b - sin * a;
    }
  }

  /// Half the angles of the diagonal, so that they add up to zero.
  private static double[] angles(Matrix4 square, double[] axes) {
    double[] angles = new double[4];
    double sum = 0;
    for (int i = 0; i < 4; i++) {
      double re = 0;
      double im = 0;
      for (int row = 0; row < 4; row++) {
        for (int column = 0; column < 4; column++) {
          double weight = axes[4 * row + i] * axes[4 * column + i];
          re += weight * square.re[4 * row + column];
          im += weight * square.im[4 * row + column];
        }
      }
      angles[i] = Math.atan2(im, re) / 2;
      sum += angles[i];
    }
    angles[0] -= Math.rint(sum / Math.PI) * Math.PI;
    return angles;
  }

  private void intoChamber() {
    for (int axis = 0; axis < 3; axis++) {
      long quarters = Math.round(strength[axis] / (2 * QUARTER) - 1e-12);
      strength[axis] -= quarters * 2 * QUARTER;
      if ((quarters & 1) == 1) {
        right = Matrix4.of(PAULIS[axis], PAULIS[axis]).times(right);
      }
    }
    order(0, 1);
    order(1, 2);
    order(0, 1);
    if (strength[0] < 0) {
      flip(0, strength[1] < 0 ? 1 : 2);
    }
    if (strength[1] < 0) {
      flip(1, 2);
    }
  }

  /// The stronger one first.
  private void order(int first, int second) {
    if (Math.abs(strength[first]) < Math.abs(strength[second])) {
      double kept = strength[first];
      strength[first] = strength[second];
      strength[second] = kept;
      ComplexMatrix turn = TURNS[3 - first - second];
      left = left.times(Matrix4.of(turn.adjoint(), turn.adjoint()));
      right = Matrix4.of(turn, turn).times(right);
    }
  }

  /// The signs of two of them, by the Pauli operator of the third on one qubit.
  private void flip(int first, int second) {
    strength[first] = -strength[first];
    strength[second] = -strength[second];
    Matrix4 pauli = Matrix4.of(PAULIS[3 - first - second], ComplexMatrix.identity(2));
    left = left.times(pauli);
    right = pauli.times(right);
  }

  double strength(int axis) {
    return strength[axis];
  }

  /// What comes after.
  Matrix4 left() {
    return left;
  }

  /// What comes before.
  Matrix4 right() {
    return right;
  }

  /// Controlled flips that the gate needs.
  int flips() {
    if (Math.abs(strength[2]) > ZERO) {
      return 3;
    }
    if (Math.abs(strength[1]) > ZERO) {
      return 2;
    }
    return Math.abs(strength[0]) < ZERO ? 0 : Math.abs(strength[0] - QUARTER) < ZERO ? 1 : 2;
  }
}
