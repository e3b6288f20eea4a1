package dev.reeve.quantum.simulator;

/// Eigenvalues and eigenvectors of a Hermitian matrix of any size: Householder reflections to a
/// real tridiagonal matrix, then the implicit QL method.
final class HermitianSpectrum {
  private static final double EPSILON = 0x1.0p-52;
  private static final int ROUNDS_MAX = 60;
  private static final int ROWS_PER_CHECK = 16;

  private final int n;
  private final double[] re;
  private final double[] im;
  private final double[] diagonal;
  private final double[] below;

  /// The phase that makes each row of the tridiagonal matrix real.
  private final double[] phaseRe;

  private final double[] phaseIm;

  /// The reflections, in the columns below the diagonal that they have cleared.
  private final double[] factors;

  /// Eigenvectors of the real matrix, one to a row.
  private final double[][] real;

  private final Checkpoint checkpoint;

  /// @param re real parts row by row; taken over and changed
  /// @param im imaginary parts, the same
  HermitianSpectrum(int n, double[] re, double[] im, Checkpoint checkpoint) {
    this.n = n;
    this.re = re;
    this.im = im;
    this.diagonal = new double[n];
    this.below = new double[n];
    this.phaseRe = new double[n];
    this.phaseIm = new double[n];
    this.factors = new double[n];
    this.real = new double[n][n];
    this.checkpoint = checkpoint;
    reduce();
    iterate();
  }

  /// The eigenvalue of this number, in no order.
  double value(int number) {
    return diagonal[number];
  }

  /// Writes the eigenvector of this number.
  void vector(int number, double[] outRe, double[] outIm) {
    for (int i = 0; i < n; i++) {
      outRe[i] = phaseRe[i] * real[number][i];
      outIm[i] = phaseIm[i] * real[number][i];
    }
    for (int k = n - 3; k >= 0; k--) {
      if (factors[k] == 0) {
        continue;
      }
      double sumRe = 0;
      double sumIm = 0;
      for (int i = k + 1; i < n; i++) {
        double a = re[k * n + i];
        double b = im[k * n + i];
        sumRe += a * outRe[i] + b * outIm[i];
        sumIm += a * outIm[i] - b * outRe[i];
      }
      sumRe *= factors[k];
      sumIm *= factors[k];
      for (int i = k + 1; i < n; i++) {
        double a = re[k * n + i];
        double b = im[k * n + i];
        outRe[i] -= a * sumRe - b * sumIm;
        outIm[i] -= a * sumIm + b * sumRe;
      }
    }
  }

  /// A reflection for each column; its vector takes the place of the row that it clears.
  private void reduce() {
    double[] vRe = new double[n];
    double[] vIm = new double[n];
    phaseRe[0] = 1;
    for (int k = 0; k + 1 < n; k++) {
      checkpoint.pass();
      double tail = 0;
      for (int i = k + 1; i < n; i++) {
        vRe[i] = re[i * n + k];
        vIm[i] = im[i * n + k];
        tail += i > k + 1 ? vRe[i] * vRe[i] + vIm[i] * vIm[i] : 0;
      }
      double first = Math.hypot(vRe[k + 1], vIm[k + 1]);
      double turnRe = first == 0 ? 1 : vRe[k + 1] / first;
      double turnIm = first == 0 ? 0 : vIm[k + 1] / first;
      double norm = Math.sqrt(first * first + tail);
      below[k] = norm;
      if (tail > 0) {
        vRe[k + 1] += turnRe * norm;
        vIm[k + 1] += turnIm * norm;
        turnRe = -turnRe;
        turnIm = -turnIm;
        factors[k] = 2 / (tail + square(vRe[k + 1], vIm[k + 1]));
        reflect(k, vRe, vIm);
        System.arraycopy(vRe, k + 1, re, k * n + k + 1, n - k - 1);
        System.arraycopy(vIm, k + 1, im, k * n + k + 1, n - k - 1);
      }
      phaseRe[k + 1] = phaseRe[k] * turnRe - phaseIm[k] * turnIm;
      phaseIm[k + 1] = phaseRe[k] * turnIm + phaseIm[k] * turnRe;
    }
    for (int i = 0; i < n; i++) {
      diagonal[i] = re[i * n + i];
      real[i][i] = 1;
    }
  }

  private static double square(double a, double b) {
    return a * a + b * b;
  }

  /// Both sides of what is left, by a change of rank two.
  private void reflect(int k, double[] vRe, double[] vIm) {
    double[] wRe = new double[n];
    double[] wIm = new double[n];
    double dot = 0;
    for (int i = k + 1; i < n; i++) {
      double sumRe = 0;
      double sumIm = 0;
      for (int j = k + 1; j < n; j++) {
        double a = re[i * n + j];
        double b = im[i * n + j];
        sumRe += a * vRe[j] - b * vIm[j];
        sumIm += a * vIm[j] + b * vRe[j];
      }
      wRe[i] = factors[k] * sumRe;
      wIm[i] = factors[k] * sumIm;
      dot += vRe[i] * wRe[i] + vIm[i] * wIm[i];
    }
    double share = factors[k] / 2 * dot;
    for (int i = k + 1; i < n; i++) {
      wRe[i] -= share * vRe[i];
      wIm[i] -= share * vIm[i];
    }
    for (int i = k + 1; i < n; i++) {
      double a = vRe[i];
      double b = vIm[i];
      double c = wRe[i];
      double d = wIm[i];
      for (int j = k + 1; j < n; j++) {
        re[i * n + j] -= a * wRe[j] + b * wIm[j] + c * vRe[j] + d * vIm[j];
        im[i * n + j] -= b * wRe[j] - a * wIm[j] + d * vRe[j] - c * vIm[j];
      }
    }
  }

  private void iterate() {
    double size = 0;
    for (int i = 0; i < n; i++) {
      size = Math.max(size, Math.abs(diagonal[i]) + below[i]);
    }
    double negligible = size * EPSILON / 16;
    for (int first = 0; first < n; first++) {
      if (first % ROWS_PER_CHECK == 0) {
        checkpoint.pass();
      }
      for (int round = 0; round < ROUNDS_MAX; round++) {
        int last = first;
        while (last + 1 < n && !isSmall(last, negligible)) {
          last++;
        }
        if (last == first) {
          break;
        }
        sweep(first, last);
      }
    }
  }

  private boolean isSmall(int i, double negligible) {
    double neighbours = Math.abs(diagonal[i]) + Math.abs(diagonal[i + 1]);
    return Math.abs(below[i]) <= Math.max(negligible, EPSILON * neighbours);
  }

  /// One implicit step on the block of rows `first` to `last`.
  private void sweep(int first, int last) {
    double g = (diagonal[first + 1] - diagonal[first]) / (2 * below[first]);
    double r = Math.hypot(g, 1);
    g = diagonal[last] - diagonal[first] + below[first] / (g + Math.copySign(r, g));
    double s = 1;
    double c = 1;
    double p = 0;
    for (int i = last - 1; i >= first; i--) {
      double f = s * below[i];
      double b = c * below[i];
      r = Math.hypot(f, g);
      below[i + 1] = r;
      if (r == 0) {
        diagonal[i + 1] -= p;
        below[last] = 0;
        return;
      }
      s = f / r;
      c = g / r;
      g = diagonal[i + 1] - p;
      r = (diagonal[i] - g) * s + 2 * c * b;
      p = s * r;
      diagonal[i + 1] = g + p;
      g = c * r - b;
      rotate(real[i], real[i + 1], c, s);
    }
    diagonal[first] -= p;
    below[first] = g;
    below[last] = 0;
  }

  private static void rotate(double[] low, double[] high, double c, double s) {
    for (int k = 0; k < low.length; k++) {
      double a = low[k];
      double b = high[k];
      high[k] = s * a + c * b;
      low[k] = c * a - s * b;
    }
  }
}
