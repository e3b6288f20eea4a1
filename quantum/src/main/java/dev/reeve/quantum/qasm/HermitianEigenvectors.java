package dev.reeve.quantum.qasm;

import dev.reeve.quantum.ComplexMatrix;

/// Eigenvectors of a small Hermitian matrix by Jacobi rotations: slow for large matrices, accurate
/// to the last digits for small ones.
final class HermitianEigenvectors {
  private static final int SWEEPS_MAX = 60;
  private static final double NEGLIGIBLE = 1e-16;

  private final int n;
  private final double[] re;
  private final double[] im;
  private final double[] vectorsRe;
  private final double[] vectorsIm;

  private HermitianEigenvectors(ComplexMatrix matrix) {
    this.n = matrix.dimension();
    this.re = new double[n * n];
    this.im = new double[n * n];
    this.vectorsRe = new double[n * n];
    this.vectorsIm = new double[n * n];
    for (int row = 0; row < n; row++) {
      vectorsRe[row * n + row] = 1;
      for (int column = 0; column < n; column++) {
        re[row * n + column] = matrix.re(row, column);
        im[row * n + column] = matrix.im(row, column);
      }
    }
  }

  /// The eigenvectors as columns of a unitary.
  static ComplexMatrix of(ComplexMatrix hermitian) {
    HermitianEigenvectors jacobi = new HermitianEigenvectors(hermitian);
    for (int sweep = 0; sweep < SWEEPS_MAX && jacobi.sweep(); sweep++) {
      // Each sweep clears every off-diagonal cell once; a handful is enough.
    }
    return ComplexMatrix.of(jacobi.n, jacobi.vectorsRe, jacobi.vectorsIm);
  }

  /// Rotates away each off-diagonal cell in turn; false when there was nothing left to do.
  private boolean sweep() {
    boolean rotated = false;
    for (int p = 0; p < n; p++) {
      for (int q = p + 1; q < n; q++) {
        double size = Math.hypot(re[p * n + q], im[p * n + q]);
        if (size > NEGLIGIBLE) {
          rotate(p, q, size);
          rotated = true;
        }
      }
    }
    return rotated;
  }

  private void rotate(int p, int q, double size) {
    double phaseRe = re[p * n + q] / size;
    double phaseIm = im[p * n + q] / size;
    double tau = (re[q * n + q] - re[p * n + p]) / (2 * size);
    double t = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.hypot(1, tau));
    double c = 1 / Math.hypot(1, t);
    double s = t * c;
    columns(re, im, p, q, c, s, phaseRe, phaseIm);
    columns(vectorsRe, vectorsIm, p, q, c, s, phaseRe, phaseIm);
    rows(p, q, c, s, phaseRe, phaseIm);
    re[p * n + q] = 0;
    im[p * n + q] = 0;
    re[q * n + p] = 0;
    im[q * n + p] = 0;
  }

  /// Column p becomes c p - s conj(phase) q, column q becomes s phase p + c q.
  private void columns(
      double[] a, double[] b, int p, int q, double c, double s, double phaseRe, double phaseIm) {
    for (int row = 0; row < n; row++) {
      double pr = a[row * n + p];
      double pi = b[row * n + p];
      double qr = a[row * n + q];
      double qi = b[row * n + q];
      a[row * n + p] = c * pr - s * (phaseRe * qr + phaseIm * qi);
      b[row * n + p] = c * pi - s * (phaseRe * qi - phaseIm * qr);
      a[row * n + q] = s * (phaseRe * pr - phaseIm * pi) + c * qr;
      b[row * n + q] = s * (phaseRe * pi + phaseIm * pr) + c * qi;
    }
  }

  /// The same from the left, with conjugates.
  private void rows(int p, int q, double c, double s, double phaseRe, double phaseIm) {
    for (int column = 0; column < n; column++) {
      double pr = re[p * n + column];
      double pi = im[p * n + column];
      double qr = re[q * n + column];
      double qi = im[q * n + column];
      re[p * n + column] = c * pr - s * (phaseRe * qr - phaseIm * qi);
      im[p * n + column] = c * pi - s * (phaseRe * qi + phaseIm * qr);
      re[q * n + column] = s * (phaseRe * pr + phaseIm * pi) + c * qr;
      im[q * n + column] = s * (phaseRe * pi - phaseIm * pr) + c * qi;
    }
  }
}
