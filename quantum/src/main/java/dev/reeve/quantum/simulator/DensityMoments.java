package dev.reeve.quantum.simulator;

/// What an observable is on average in a density matrix: the trace of both, and for the mean square
/// the trace with the observable applied twice, column by column.
final class DensityMoments {
  private final int size;
  private final int[] flips;
  private final int[] signs;
  private final double[] re;
  private final double[] im;

  private DensityMoments(DensityMatrix matrix, PauliSum observable) {
    this.size = 1 << matrix.qubits();
    int terms = observable.terms().size();
    this.flips = new int[terms];
    this.signs = new int[terms];
    this.re = new double[terms];
    this.im = new double[terms];
    Moments.fill(observable, flips, signs, re, im);
  }

  static Moments of(DensityMatrix matrix, PauliSum observable, Checkpoint checkpoint) {
    DensityMoments moments = new DensityMoments(matrix, observable);
    double mean = 0;
    double square = 0;
    double[][] column = new double[2][moments.size];
    double[][] once = new double[2][moments.size];
    double[][] twice = new double[2][moments.size];
    for (int at = 0; at < moments.size; at++) {
      for (int row = 0; row < moments.size; row++) {
        long index = ((long) at << matrix.qubits()) | row;
        column[0][row] = matrix.re(index);
        column[1][row] = matrix.im(index);
      }
      for (int row = 0; row < moments.size; row++) {
        if (row % 64 == 0) {
          checkpoint.pass();
        }
        moments.apply(column, row, once);
      }
      mean += once[0][at];
      moments.apply(once, at, twice);
      square += twice[0][at];
    }
    return new Moments(mean, square);
  }

  /// One entry of the observable applied to a column.
  private void apply(double[][] column, int row, double[][] out) {
    double real = 0;
    double imaginary = 0;
    for (int term = 0; term < flips.length; term++) {
      int from = row ^ flips[term];
      double sign = 1 - 2 * (Integer.bitCount(from & signs[term]) & 1);
      double a = sign * column[0][from];
      double b = sign * column[1][from];
      real += re[term] * a - im[term] * b;
      imaginary += re[term] * b + im[term] * a;
    }
    out[0][row] = real;
    out[1][row] = imaginary;
  }
}
