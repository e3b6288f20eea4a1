package dev.reeve.quantum.qasm;

import dev.reeve.quantum.Complex;
import dev.reeve.quantum.NaiveMatrix;

/// Matrices of the standard gates as textbooks print them.
final class ReferenceGates {
  static final NaiveMatrix X = NaiveMatrix.real(2, 0, 1, 1, 0);
  static final NaiveMatrix Y =
      NaiveMatrix.of(
          new Complex[] {Complex.ZERO, Complex.I.times(-1)},
          new Complex[] {Complex.I, Complex.ZERO});
  static final NaiveMatrix Z = NaiveMatrix.real(2, 1, 0, 0, -1);
  static final NaiveMatrix H =
      NaiveMatrix.real(2, 1, 1, 1, -1).scaled(Complex.of(1 / Math.sqrt(2)));
  static final NaiveMatrix S = NaiveMatrix.diagonal(Complex.ONE, Complex.I);
  static final NaiveMatrix T = phase(Math.PI / 4);
  static final NaiveMatrix SX =
      NaiveMatrix.of(
          new Complex[] {new Complex(0.5, 0.5), new Complex(0.5, -0.5)},
          new Complex[] {new Complex(0.5, -0.5), new Complex(0.5, 0.5)});
  static final NaiveMatrix SWAP = NaiveMatrix.permutation(4, i -> (i & 1) << 1 | i >> 1);

  private ReferenceGates() {}

  static NaiveMatrix phase(double angle) {
    return NaiveMatrix.diagonal(Complex.ONE, Complex.unit(angle));
  }

  /// exp(-i angle P / 2) = cos(angle / 2) - i sin(angle / 2) P, for any P whose square is one.
  static NaiveMatrix rotation(NaiveMatrix axis, double angle) {
    int n = axis.dimension();
    Complex[][] rows = new Complex[n][n];
    for (int row = 0; row < n; row++) {
      for (int column = 0; column < n; column++) {
        Complex straight = Complex.of(row == column ? Math.cos(angle / 2) : 0);
        Complex turned = axis.cell(row, column).times(new Complex(0, -Math.sin(angle / 2)));
        rows[row][column] = straight.plus(turned);
      }
    }
    return NaiveMatrix.of(rows);
  }

  /// Rz(phi) Ry(theta) Rz(lambda), with the phase that makes its upper left cell real.
  static NaiveMatrix u(double theta, double phi, double lambda) {
    return rotation(Z, phi)
        .after(rotation(Y, theta))
        .after(rotation(Z, lambda))
        .scaled(Complex.unit((phi + lambda) / 2));
  }

  /// The built-in gate of version 3 as its specification prints it.
  static NaiveMatrix builtIn3(double theta, double phi, double lambda) {
    Complex turn = Complex.unit(theta);
    Complex plus = Complex.ONE.plus(turn).times(0.5);
    Complex minus = Complex.ONE.plus(turn.times(-1)).times(0.5);
    return NaiveMatrix.of(
        new Complex[] {plus, minus.times(Complex.unit(lambda)).times(new Complex(0, -1))},
        new Complex[] {
          minus.times(Complex.unit(phi)).times(Complex.I), plus.times(Complex.unit(phi + lambda))
        });
  }
}
