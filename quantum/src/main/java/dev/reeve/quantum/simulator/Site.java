package dev.reeve.quantum.simulator;

/// The tensor of one or several neighbouring qubits of a chain: `left` by `middle` by `right`
/// numbers, row by row. Never changed once it is in a chain, so that copies share it.
///
/// The first of its qubits is the most significant bit of a middle index.
final class Site {
  private final int left;
  private final int middle;
  private final int right;
  private final double[] re;
  private final double[] im;

  Site(int left, int middle, int right, double[] re, double[] im) {
    this.left = left;
    this.middle = middle;
    this.right = right;
    this.re = re;
    this.im = im;
  }

  int left() {
    return left;
  }

  int middle() {
    return middle;
  }

  int right() {
    return right;
  }

  double[] re() {
    return re;
  }

  double[] im() {
    return im;
  }

  static Site empty(int left, int middle, int right) {
    int cells = Math.multiplyExact(Math.multiplyExact(left, middle), right);
    return new Site(left, middle, right, new double[cells], new double[cells]);
  }

  /// A single qubit that is zero.
  static Site zero() {
    Site site = empty(1, 2, 1);
    site.re[0] = 1;
    return site;
  }

  /// Both together.
  Site times(Site next, Checkpoint checkpoint) {
    Site product = empty(left, middle * next.middle, next.right);
    multiply(
        this.re,
        this.im,
        left * middle,
        right,
        next.re,
        next.im,
        next.middle * next.right,
        product,
        checkpoint);
    return product;
  }

  /// The product of a matrix of `rows` by `inner` and one of `inner` by `columns`.
  static void multiply(
      double[] aRe,
      double[] aIm,
      int rows,
      int inner,
      double[] bRe,
      double[] bIm,
      int columns,
      Site out,
      Checkpoint checkpoint) {
    for (int row = 0; row < rows; row++) {
      checkpoint.pass();
      for (int k = 0; k < inner; k++) {
        double a = aRe[row * inner + k];
        double b = aIm[row * inner + k];
        if (a != 0 || b != 0) {
          addScaled(out.re, out.im, row * columns, bRe, bIm, k * columns, columns, a, b);
        }
      }
    }
  }

  /// Adds a multiple of one run to another.
  static void addScaled(
      double[] outRe,
      double[] outIm,
      int to,
      double[] inRe,
      double[] inIm,
      int from,
      int length,
      double a,
      double b) {
    for (int i = 0; i < length; i++) {
      double c = inRe[from + i];
      double d = inIm[from + i];
      outRe[to + i] += a * c - b * d;
      outIm[to + i] += a * d + b * c;
    }
  }

  /// The sum of squared moduli.
  double norm() {
    double sum = 0;
    for (int i = 0; i < re.length; i++) {
      sum += re[i] * re[i] + im[i] * im[i];
    }
    return sum;
  }
}
