package dev.reeve.quantum.qasm;

import dev.reeve.quantum.ComplexMatrix;
import java.util.Optional;

/// Fractional powers of unitary matrices: the eigenvalues e^(i a) with a in (-pi, pi] become e^(i k
/// a).
///
/// The eigenvectors are those of a Hermitian mixture of the matrix and its adjoint. The mixture
/// confuses two eigenvalues only when their angles add up to twice its own angle; then another
/// angle is tried.
final class PrincipalPower {
  private static final double[] MIXING_ANGLES = {0.7310585, 2.1176921, 1.3028, 0.2718, 2.6661};
  private static final double RESIDUE_MAX = 1e-10;

  /// Angles this near to -pi are pi: rounding must not choose the branch.
  private static final double BRANCH_TOLERANCE = 1e-9;

  private PrincipalPower() {}

  /// The power of a unitary, or nothing when its eigenvectors cannot be told apart.
  static Optional<ComplexMatrix> of(ComplexMatrix unitary, double exponent) {
    for (double angle : MIXING_ANGLES) {
      ComplexMatrix vectors = HermitianEigenvectors.of(mixture(unitary, angle));
      ComplexMatrix diagonal = vectors.adjoint().times(unitary).times(vectors);
      if (residue(diagonal) < RESIDUE_MAX) {
        return Optional.of(vectors.times(raised(diagonal, exponent)).times(vectors.adjoint()));
      }
    }
    return Optional.empty();
  }

  /// (e^(-i angle) U + e^(i angle) U adjoint) / 2, whose eigenvalues are cos(a - angle).
  private static ComplexMatrix mixture(ComplexMatrix unitary, double angle) {
    int n = unitary.dimension();
    double c = Math.cos(angle);
    double s = Math.sin(angle);
    double[] re = new double[n * n];
    double[] im = new double[n * n];
    for (int row = 0; row < n; row++) {
      for (int column = 0; column < n; column++) {
        double a = unitary.re(row, column);
        double b = unitary.im(row, column);
        double ta = unitary.re(column, row);
        double tb = -unitary.im(column, row);
        re[row * n + column] = ((c * a + s * b) + (c * ta - s * tb)) / 2;
        im[row * n + column] = ((c * b - s * a) + (c * tb + s * ta)) / 2;
      }
    }
    return ComplexMatrix.of(n, re, im);
  }

  private static double residue(ComplexMatrix matrix) {
    double worst = 0;
    for (int row = 0; row < matrix.dimension(); row++) {
      for (int column = 0; column < matrix.dimension(); column++) {
        if (row != column) {
          worst = Math.max(worst, Math.hypot(matrix.re(row, column), matrix.im(row, column)));
        }
      }
    }
    return worst;
  }

  private static ComplexMatrix raised(ComplexMatrix diagonal, double exponent) {
    int n = diagonal.dimension();
    double[] re = new double[n * n];
    double[] im = new double[n * n];
    for (int i = 0; i < n; i++) {
      double angle = principal(Math.atan2(diagonal.im(i, i), diagonal.re(i, i))) * exponent;
      re[i * n + i] = Math.cos(angle);
      im[i * n + i] = Math.sin(angle);
    }
    return ComplexMatrix.of(n, re, im);
  }

  /// The same angle in (-pi, pi].
  static double principal(double angle) {
    double reduced = Math.IEEEremainder(angle, 2 * Math.PI);
    return reduced <= -Math.PI + BRANCH_TOLERANCE ? reduced + 2 * Math.PI : reduced;
  }
}
