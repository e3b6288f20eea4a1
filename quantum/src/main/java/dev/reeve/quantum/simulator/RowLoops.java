package dev.reeve.quantum.simulator;

/// The innermost loops over rows of amplitudes. Each row is an array of its own and all are walked
/// with the same index, which is what lets the compiler of the virtual machine use vector
/// instructions: it need not prove that two stretches of one array do not overlap. Loops with more
/// arrays than these stay scalar.
final class RowLoops {
  private RowLoops() {}

  /// A 2 x 2 matrix on two rows.
  static void pair(double[] aRe, double[] aIm, double[] bRe, double[] bIm, PlainLoops.Pair m) {
    double r00 = m.r00();
    double i00 = m.i00();
    double r01 = m.r01();
    double i01 = m.i01();
    double r10 = m.r10();
    double i10 = m.i10();
    double r11 = m.r11();
    double i11 = m.i11();
    for (int i = 0; i < aRe.length; i++) {
      double a = aRe[i];
      double b = aIm[i];
      double c = bRe[i];
      double d = bIm[i];
      aRe[i] = r00 * a - i00 * b + r01 * c - i01 * d;
      aIm[i] = r00 * b + i00 * a + r01 * d + i01 * c;
      bRe[i] = r10 * a - i10 * b + r11 * c - i11 * d;
      bIm[i] = r10 * b + i10 * a + r11 * d + i11 * c;
    }
  }

  /// A real 2 x 2 matrix on the same parts of two rows.
  static void realPair(double[] a, double[] b, double m00, double m01, double m10, double m11) {
    for (int i = 0; i < a.length; i++) {
      double x = a[i];
      double y = b[i];
      a[i] = m00 * x + m01 * y;
      b[i] = m10 * x + m11 * y;
    }
  }

  /// Two terms of a sum of rows.
  static void setTwo(
      double[] outRe,
      double[] outIm,
      double[] aRe,
      double[] aIm,
      double[] bRe,
      double[] bIm,
      double r0,
      double i0,
      double r1,
      double i1) {
    for (int i = 0; i < outRe.length; i++) {
      double a = aRe[i];
      double b = aIm[i];
      double c = bRe[i];
      double d = bIm[i];
      outRe[i] = r0 * a - i0 * b + r1 * c - i1 * d;
      outIm[i] = r0 * b + i0 * a + r1 * d + i1 * c;
    }
  }

  /// Two more terms of a sum of rows.
  static void addTwo(
      double[] outRe,
      double[] outIm,
      double[] aRe,
      double[] aIm,
      double[] bRe,
      double[] bIm,
      double r0,
      double i0,
      double r1,
      double i1) {
    for (int i = 0; i < outRe.length; i++) {
      double a = aRe[i];
      double b = aIm[i];
      double c = bRe[i];
      double d = bIm[i];
      outRe[i] = outRe[i] + r0 * a - i0 * b + r1 * c - i1 * d;
      outIm[i] = outIm[i] + r0 * b + i0 * a + r1 * d + i1 * c;
    }
  }

  /// The same number on a whole row.
  static void scale(double[] re, double[] im, double c, double s) {
    for (int i = 0; i < re.length; i++) {
      double a = re[i];
      double b = im[i];
      re[i] = c * a - s * b;
      im[i] = c * b + s * a;
    }
  }

  /// A number for each column.
  static void multiply(double[] re, double[] im, double[] c, double[] s) {
    for (int i = 0; i < re.length; i++) {
      double a = re[i];
      double b = im[i];
      re[i] = c[i] * a - s[i] * b;
      im[i] = c[i] * b + s[i] * a;
    }
  }
}
