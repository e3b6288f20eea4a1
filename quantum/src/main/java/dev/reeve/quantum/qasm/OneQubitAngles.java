package dev.reeve.quantum.qasm;

import dev.reeve.quantum.ComplexMatrix;

/// The angles theta, phi, lambda and gamma of a one-qubit unitary.
final class OneQubitAngles {
  private static final double NEGLIGIBLE = 1e-12;

  private OneQubitAngles() {}

  static double[] of(ComplexMatrix m) {
    double diagonal = Math.hypot(m.re(0, 0), m.im(0, 0));
    double other = Math.hypot(m.re(1, 0), m.im(1, 0));
    if (other < NEGLIGIBLE) {
      double gamma = argument(m, 0, 0);
      return new double[] {0, 0, argument(m, 1, 1) - gamma, gamma};
    }
    double theta = 2 * Math.atan2(other, diagonal);
    double upper = Math.atan2(-m.im(0, 1), -m.re(0, 1));
    if (diagonal < NEGLIGIBLE) {
      double gamma = argument(m, 1, 0);
      return new double[] {theta, 0, upper - gamma, gamma};
    }
    double gamma = argument(m, 0, 0);
    return new double[] {theta, argument(m, 1, 0) - gamma, upper - gamma, gamma};
  }

  private static double argument(ComplexMatrix m, int row, int column) {
    return Math.atan2(m.im(row, column), m.re(row, column));
  }
}
