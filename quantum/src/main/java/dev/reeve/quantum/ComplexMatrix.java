package dev.reeve.quantum;

import dev.reeve.base.Check;
import java.util.Arrays;

/// A small square complex matrix, immutable. For a gate on several qubits, the first target is the
/// least significant bit of a row or column number.
public final class ComplexMatrix {
  private final int dimension;
  private final double[] re;
  private final double[] im;

  private ComplexMatrix(int dimension, double[] re, double[] im) {
    this.dimension = dimension;
    this.re = re;
    this.im = im;
  }

  /// A matrix from its real and imaginary parts, row by row.
  public static ComplexMatrix of(int dimension, double[] re, double[] im) {
    int cells = dimension * dimension;
    Check.argument(
        re.length == cells && im.length == cells,
        "cells: %d and %d (expected: %d)",
        re.length,
        im.length,
        cells);
    return new ComplexMatrix(dimension, re.clone(), im.clone());
  }

  /// The identity.
  public static ComplexMatrix identity(int dimension) {
    double[] re = new double[dimension * dimension];
    for (int i = 0; i < dimension; i++) {
      re[i * dimension + i] = 1;
    }
    return new ComplexMatrix(dimension, re, new double[dimension * dimension]);
  }

  /// Number of rows, and of columns.
  public int dimension() {
    return dimension;
  }

  /// Real part of a cell.
  public double re(int row, int column) {
    return re[row * dimension + column];
  }

  /// Imaginary part of a cell.
  public double im(int row, int column) {
    return im[row * dimension + column];
  }

  /// This times `right`: what `right` followed by this does to a state.
  public ComplexMatrix times(ComplexMatrix right) {
    int n = dimension;
    double[] outRe = new double[n * n];
    double[] outIm = new double[n * n];
    for (int row = 0; row < n; row++) {
      for (int k = 0; k < n; k++) {
        double a = re[row * n + k];
        double b = im[row * n + k];
        if (a == 0 && b == 0) {
          continue;
        }
        for (int column = 0; column < n; column++) {
          double c = right.re[k * n + column];
          double d = right.im[k * n + column];
          outRe[row * n + column] += a * c - b * d;
          outIm[row * n + column] += a * d + b * c;
        }
      }
    }
    return new ComplexMatrix(n, outRe, outIm);
  }

  /// The conjugate transpose: the inverse of a unitary.
  public ComplexMatrix adjoint() {
    int n = dimension;
    double[] outRe = new double[n * n];
    double[] outIm = new double[n * n];
    for (int row = 0; row < n; row++) {
      for (int column = 0; column < n; column++) {
        outRe[column * n + row] = re[row * n + column];
        outIm[column * n + row] = -im[row * n + column];
      }
    }
    return new ComplexMatrix(n, outRe, outIm);
  }

  /// The largest difference of any cell's real or imaginary part.
  public double distance(ComplexMatrix other) {
    double worst = 0;
    for (int i = 0; i < re.length; i++) {
      worst = Math.max(worst, Math.abs(re[i] - other.re[i]));
      worst = Math.max(worst, Math.abs(im[i] - other.im[i]));
    }
    return worst;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ComplexMatrix that
        && Arrays.equals(re, that.re)
        && Arrays.equals(im, that.im);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(re) + Arrays.hashCode(im);
  }
}
