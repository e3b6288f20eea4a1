package dev.reeve.quantum.compiler;

import dev.reeve.quantum.ComplexMatrix;

/// A one-qubit gate as a turn about an axis, times a phase: what it takes to put it under many
/// controls by flips under these.
///
/// @param halfAngle of the turn, 0 to pi
/// @param x of the axis, which has length 1
/// @param phase of the whole, in radians
record AxisTurn(double halfAngle, double x, double y, double z, double phase) {
  private static final double TOLERANCE = 1e-12;

  static AxisTurn of(ComplexMatrix m) {
    double re = m.re(0, 0) * m.re(1, 1) - m.im(0, 0) * m.im(1, 1);
    double im = m.re(0, 0) * m.im(1, 1) + m.im(0, 0) * m.re(1, 1);
    re -= m.re(0, 1) * m.re(1, 0) - m.im(0, 1) * m.im(1, 0);
    im -= m.re(0, 1) * m.im(1, 0) + m.im(0, 1) * m.re(1, 0);
    double phase = Math.atan2(im, re) / 2;
    double c = Math.cos(phase);
    double s = Math.sin(phase);
    // e^(-i phase) m = cos(h) - i sin(h) (x X + y Y + z Z).
    double cos = m.re(0, 0) * c + m.im(0, 0) * s;
    double z = -(m.im(0, 0) * c - m.re(0, 0) * s);
    double y = m.re(1, 0) * c + m.im(1, 0) * s;
    double x = -(m.im(1, 0) * c - m.re(1, 0) * s);
    double sin = Math.sqrt(x * x + y * y + z * z);
    return sin < TOLERANCE
        ? new AxisTurn(cos < 0 ? Math.PI : 0, 0, 0, 1, phase)
        : new AxisTurn(Math.atan2(sin, cos), x / sin, y / sin, z / sin, phase);
  }

  /// Whether the gate is half a turn without a phase of its own: what undoes itself and is neither
  /// nothing nor the phase of minus one.
  boolean isReflection() {
    return Math.abs(halfAngle - Math.PI / 2) < TOLERANCE
        && Math.abs(Math.abs(phase) - Math.PI / 2) < TOLERANCE;
  }

  /// A turn about the same axis, without a phase.
  ComplexMatrix turn(double half) {
    double c = Math.cos(half);
    double s = Math.sin(half);
    return ComplexMatrix.of(
        2, new double[] {c, -s * y, s * y, c}, new double[] {-s * z, -s * x, -s * x, s * z});
  }

  /// Turns X into the half turn about this axis, and back.
  ComplexMatrix fromFlip() {
    return x < -1 + 1e-9 ? reflection(0, 0, 1) : reflection(1 + x, y, z);
  }

  /// The same for an axis at a right angle to this one.
  ComplexMatrix fromFlipAcross() {
    // Across the one of the three axes that is furthest away.
    boolean byX = Math.abs(x) <= Math.abs(y) && Math.abs(x) <= Math.abs(z);
    boolean byY = !byX && Math.abs(y) <= Math.abs(z);
    double[] across =
        byX ? new double[] {0, z, -y} : byY ? new double[] {-z, 0, x} : new double[] {y, -x, 0};
    double length =
        Math.sqrt(across[0] * across[0] + across[1] * across[1] + across[2] * across[2]);
    return new AxisTurn(0, across[0] / length, across[1] / length, across[2] / length, 0)
        .fromFlip();
  }

  private static ComplexMatrix reflection(double x, double y, double z) {
    double length = Math.sqrt(x * x + y * y + z * z);
    return ComplexMatrix.of(
        2,
        new double[] {z / length, x / length, x / length, -z / length},
        new double[] {0, -y / length, y / length, 0});
  }
}
