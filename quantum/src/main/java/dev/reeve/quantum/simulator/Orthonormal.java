package dev.reeve.quantum.simulator;

import java.util.Arrays;

/// The rows of a matrix written by rows that are orthonormal: `rows = coefficients * basis`, found
/// by Gram and Schmidt, twice for accuracy. Rows that depend on earlier ones add none.
final class Orthonormal {
  private final int rank;
  private final double[] basisRe;
  private final double[] basisIm;
  private final double[] coefficientsRe;
  private final double[] coefficientsIm;

  Orthonormal(
      int rank,
      double[] basisRe,
      double[] basisIm,
      double[] coefficientsRe,
      double[] coefficientsIm) {
    this.rank = rank;
    this.basisRe = basisRe;
    this.basisIm = basisIm;
    this.coefficientsRe = coefficientsRe;
    this.coefficientsIm = coefficientsIm;
  }

  int rank() {
    return rank;
  }

  double[] basisRe() {
    return basisRe;
  }

  double[] basisIm() {
    return basisIm;
  }

  double[] coefficientsRe() {
    return coefficientsRe;
  }

  double[] coefficientsIm() {
    return coefficientsIm;
  }

  private static final double DEPENDENT = 1e-14;

  static Orthonormal of(int rows, int columns, double[] re, double[] im, Checkpoint checkpoint) {
    int most = Math.min(rows, columns);
    double[] basisRe = new double[most * columns];
    double[] basisIm = new double[most * columns];
    double[] wideRe = new double[rows * most];
    double[] wideIm = new double[rows * most];
    double size = Math.sqrt(square(re, im, 0, re.length));
    int rank = 0;
    for (int row = 0; row < rows; row++) {
      checkpoint.pass();
      double[] vRe = Arrays.copyOfRange(re, row * columns, (row + 1) * columns);
      double[] vIm = Arrays.copyOfRange(im, row * columns, (row + 1) * columns);
      for (int pass = 0; pass < 2; pass++) {
        for (int j = 0; j < rank; j++) {
          project(basisRe, basisIm, j * columns, vRe, vIm, wideRe, wideIm, row * most + j);
        }
      }
      double length = Math.sqrt(square(vRe, vIm, 0, columns));
      if (rank < most && length > DEPENDENT * size) {
        for (int i = 0; i < columns; i++) {
          basisRe[rank * columns + i] = vRe[i] / length;
          basisIm[rank * columns + i] = vIm[i] / length;
        }
        wideRe[row * most + rank] = length;
        rank++;
      }
    }
    return new Orthonormal(
        rank,
        Arrays.copyOf(basisRe, rank * columns),
        Arrays.copyOf(basisIm, rank * columns),
        narrow(wideRe, rows, most, rank),
        narrow(wideIm, rows, most, rank));
  }

  /// Takes the part along a row of the basis out of a vector, and notes how large it was.
  private static void project(
      double[] basisRe,
      double[] basisIm,
      int at,
      double[] vRe,
      double[] vIm,
      double[] noteRe,
      double[] noteIm,
      int note) {
    double sumRe = 0;
    double sumIm = 0;
    for (int i = 0; i < vRe.length; i++) {
      double a = basisRe[at + i];
      double b = basisIm[at + i];
      sumRe += a * vRe[i] + b * vIm[i];
      sumIm += a * vIm[i] - b * vRe[i];
    }
    Site.addScaled(vRe, vIm, 0, basisRe, basisIm, at, vRe.length, -sumRe, -sumIm);
    noteRe[note] += sumRe;
    noteIm[note] += sumIm;
  }

  private static double square(double[] re, double[] im, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += re[i] * re[i] + im[i] * im[i];
    }
    return sum;
  }

  private static double[] narrow(double[] wide, int rows, int columns, int kept) {
    double[] narrow = new double[rows * kept];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(wide, row * columns, narrow, row * kept, kept);
    }
    return narrow;
  }
}
