package dev.reeve.quantum.compiler;

import dev.reeve.quantum.ComplexMatrix;

/// A one-qubit gate as the angles of `U`: `e^(i phase)` times the matrix with rows `(cos t/2, -e^(i
/// lambda) sin t/2)` and `(e^(i phi) sin t/2, e^(i (phi + lambda)) cos t/2)`.
///
/// @param theta 0 to pi
/// @param phase of the whole, in radians like the others
public record EulerAngles(double theta, double phi, double lambda, double phase) {
  private static final double TOLERANCE = 1e-12;

  /// The angles of a unitary matrix of two rows.
  public static EulerAngles of(ComplexMatrix m) {
    double cos = Math.hypot(m.re(0, 0), m.im(0, 0));
    double sin = Math.hypot(m.re(1, 0), m.im(1, 0));
    double theta = 2 * Math.atan2(sin, cos);
    if (sin < TOLERANCE) {
      double phase = argument(m, 0, 0);
      return new EulerAngles(0, 0, turned(argument(m, 1, 1) - phase), phase);
    }
    if (cos < TOLERANCE) {
      double phase = argument(m, 1, 0);
      return new EulerAngles(Math.PI, 0, turned(argument(m, 0, 1) + Math.PI - phase), phase);
    }
    double phase = argument(m, 0, 0);
    return new EulerAngles(
        theta,
        turned(argument(m, 1, 0) - phase),
        turned(argument(m, 0, 1) + Math.PI - phase),
        phase);
  }

  /// The gate that makes this one when applied twice, by the middle of its turn.
  static ComplexMatrix squareRoot(ComplexMatrix m) {
    // By Cayley and Hamilton, with s a root of the determinant: (M + s I) / root of (trace + 2 s).
    double[] determinant = minus(times(m, 0, 0, 1, 1), times(m, 0, 1, 1, 0));
    double[] s = root(determinant);
    double[] trace = {m.re(0, 0) + m.re(1, 1), m.im(0, 0) + m.im(1, 1)};
    if (Math.hypot(trace[0] + 2 * s[0], trace[1] + 2 * s[1]) < 1e-6) {
      s = new double[] {-s[0], -s[1]};
    }
    double[] scale = root(new double[] {trace[0] + 2 * s[0], trace[1] + 2 * s[1]});
    double norm = scale[0] * scale[0] + scale[1] * scale[1];
    double[] re = new double[4];
    double[] im = new double[4];
    for (int cell = 0; cell < 4; cell++) {
      boolean diagonal = cell == 0 || cell == 3;
      double a = m.re(cell / 2, cell % 2) + (diagonal ? s[0] : 0);
      double b = m.im(cell / 2, cell % 2) + (diagonal ? s[1] : 0);
      re[cell] = (a * scale[0] + b * scale[1]) / norm;
      im[cell] = (b * scale[0] - a * scale[1]) / norm;
    }
    return ComplexMatrix.of(2, re, im);
  }

  private static double argument(ComplexMatrix m, int row, int column) {
    return Math.atan2(m.im(row, column), m.re(row, column));
  }

  /// An angle within half a turn of zero; what is nearly zero is zero.
  static double turned(double angle) {
    double turned = Math.IEEEremainder(angle, 2 * Math.PI);
    return Math.abs(turned) < TOLERANCE ? 0 : turned;
  }

  private static double[] times(ComplexMatrix m, int row, int column, int otherRow, int other) {
    double a = m.re(row, column);
    double b = m.im(row, column);
    double c = m.re(otherRow, other);
    double d = m.im(otherRow, other);
    return new double[] {a * c - b * d, a * d + b * c};
  }

  private static double[] minus(double[] a, double[] b) {
    return new double[] {a[0] - b[0], a[1] - b[1]};
  }

  private static double[] root(double[] value) {
    double modulus = Math.sqrt(Math.hypot(value[0], value[1]));
    double half = Math.atan2(value[1], value[0]) / 2;
    return new double[] {modulus * Math.cos(half), modulus * Math.sin(half)};
  }
}
