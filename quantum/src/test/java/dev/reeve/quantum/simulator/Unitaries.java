package dev.reeve.quantum.simulator;

import dev.reeve.quantum.ComplexMatrix;
import java.util.random.RandomGenerator;

/// Random unitaries, by Gram-Schmidt on random columns.
final class Unitaries {
  private Unitaries() {}

  static ComplexMatrix random(int n, RandomGenerator random) {
    double[] re = new double[n * n];
    double[] im = new double[n * n];
    for (int column = 0; column < n; column++) {
      for (int row = 0; row < n; row++) {
        re[row * n + column] = random.nextDouble() - 0.5;
        im[row * n + column] = random.nextDouble() - 0.5;
      }
      for (int earlier = 0; earlier < column; earlier++) {
        removePart(re, im, n, column, earlier);
      }
      normalise(re, im, n, column);
    }
    return ComplexMatrix.of(n, re, im);
  }

  private static void removePart(double[] re, double[] im, int n, int column, int earlier) {
    double dotRe = 0;
    double dotIm = 0;
    for (int row = 0; row < n; row++) {
      int a = row * n + earlier;
      int b = row * n + column;
      dotRe += re[a] * re[b] + im[a] * im[b];
      dotIm += re[a] * im[b] - im[a] * re[b];
    }
    for (int row = 0; row < n; row++) {
      int a = row * n + earlier;
      int b = row * n + column;
      re[b] -= dotRe * re[a] - dotIm * im[a];
      im[b] -= dotRe * im[a] + dotIm * re[a];
    }
  }

  private static void normalise(double[] re, double[] im, int n, int column) {
    double sum = 0;
    for (int row = 0; row < n; row++) {
      sum += re[row * n + column] * re[row * n + column];
      sum += im[row * n + column] * im[row * n + column];
    }
    for (int row = 0; row < n; row++) {
      re[row * n + column] /= Math.sqrt(sum);
      im[row * n + column] /= Math.sqrt(sum);
    }
  }
}
