package dev.reeve.quantum.simulator;

import dev.reeve.quantum.ComplexMatrix;

/// A matrix on several qubits: gathers the amplitudes that belong together, multiplies, puts them
/// back.
final class DenseLoop {
  private final int dimension;
  private final int[] offsets;
  private final double[] matrixRe;
  private final double[] matrixIm;
  private final double[] inRe;
  private final double[] inIm;
  private final double[] outRe;
  private final double[] outIm;

  DenseLoop(ComplexMatrix matrix, int[] targets) {
    this.dimension = matrix.dimension();
    this.offsets = new int[dimension];
    this.matrixRe = new double[dimension * dimension];
    this.matrixIm = new double[dimension * dimension];
    this.inRe = new double[dimension];
    this.inIm = new double[dimension];
    this.outRe = new double[dimension];
    this.outIm = new double[dimension];
    for (int row = 0; row < dimension; row++) {
      for (int bit = 0; bit < targets.length; bit++) {
        if ((row >> bit & 1) == 1) {
          offsets[row] |= 1 << targets[bit];
        }
      }
      for (int column = 0; column < dimension; column++) {
        matrixRe[row * dimension + column] = matrix.re(row, column);
        matrixIm[row * dimension + column] = matrix.im(row, column);
      }
    }
  }

  int targetMask() {
    return offsets[dimension - 1];
  }

  void run(double[] re, double[] im, int from, int to, int fixed, int value) {
    for (int base = from; base < to; base = ((base | fixed) + 1) & ~fixed) {
      int origin = base | value;
      for (int k = 0; k < dimension; k++) {
        inRe[k] = re[origin | offsets[k]];
        inIm[k] = im[origin | offsets[k]];
      }
      multiply();
      for (int row = 0; row < dimension; row++) {
        re[origin | offsets[row]] = outRe[row];
        im[origin | offsets[row]] = outIm[row];
      }
    }
  }

  void run(float[] re, float[] im, int from, int to, int fixed, int value) {
    for (int base = from; base < to; base = ((base | fixed) + 1) & ~fixed) {
      int origin = base | value;
      for (int k = 0; k < dimension; k++) {
        inRe[k] = re[origin | offsets[k]];
        inIm[k] = im[origin | offsets[k]];
      }
      multiply();
      for (int row = 0; row < dimension; row++) {
        re[origin | offsets[row]] = (float) outRe[row];
        im[origin | offsets[row]] = (float) outIm[row];
      }
    }
  }

  private void multiply() {
    for (int row = 0; row < dimension; row++) {
      double sumRe = 0;
      double sumIm = 0;
      for (int k = 0; k < dimension; k++) {
        double a = matrixRe[row * dimension + k];
        double b = matrixIm[row * dimension + k];
        sumRe += a * inRe[k] - b * inIm[k];
        sumIm += a * inIm[k] + b * inRe[k];
      }
      outRe[row] = sumRe;
      outIm[row] = sumIm;
    }
  }
}
