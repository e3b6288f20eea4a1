package dev.reeve.quantum.simulator;

/// A block of amplitudes that fits the cache of one processor, as rows; what a thread works on.
/// Exchanging rows costs nothing.
final class Rows {
  final double[][] re;
  final double[][] im;
  private final double[][] spareRe;
  private final double[][] spareIm;

  Rows(int rows, int columns) {
    this.re = new double[rows][columns];
    this.im = new double[rows][columns];
    this.spareRe = new double[1 << RowGroup.DENSE_QUBITS_MAX][columns];
    this.spareIm = new double[1 << RowGroup.DENSE_QUBITS_MAX][columns];
  }

  void exchange(int first, int second) {
    double[] kept = re[first];
    re[first] = re[second];
    re[second] = kept;
    kept = im[first];
    im[first] = im[second];
    im[second] = kept;
  }

  /// Applies a matrix to the rows at these offsets from a base.
  void dense(double[] matrixRe, double[] matrixIm, int base, int[] offsets) {
    int n = offsets.length;
    for (int row = 0; row < n; row++) {
      for (int k = 0; k < n; k += 2) {
        int first = base | offsets[k];
        int second = base | offsets[k + 1];
        int cell = row * n + k;
        if (k == 0) {
          RowLoops.setTwo(
              spareRe[row],
              spareIm[row],
              re[first],
              im[first],
              re[second],
              im[second],
              matrixRe[cell],
              matrixIm[cell],
              matrixRe[cell + 1],
              matrixIm[cell + 1]);
        } else {
          RowLoops.addTwo(
              spareRe[row],
              spareIm[row],
              re[first],
              im[first],
              re[second],
              im[second],
              matrixRe[cell],
              matrixIm[cell],
              matrixRe[cell + 1],
              matrixIm[cell + 1]);
        }
      }
    }
    for (int row = 0; row < n; row++) {
      int at = base | offsets[row];
      double[] kept = re[at];
      re[at] = spareRe[row];
      spareRe[row] = kept;
      kept = im[at];
      im[at] = spareIm[row];
      spareIm[row] = kept;
    }
  }
}
