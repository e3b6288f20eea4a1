package dev.reeve.quantum.simulator;

import dev.reeve.quantum.ComplexMatrix;

/// The innermost loops on plain arrays. Each walks the indexes of `[from, to)` whose `fixed` bits
/// are all zero, in runs as long as the lowest fixed bit allows; long runs are left to the
/// compiler's auto-vectoriser, which wants small methods with plain parameters. `from` and `to` are
/// multiples of a power of two that is not below a run, or of the run itself.
final class PlainLoops {
  /// Shorter runs are walked index by index.
  private static final int RUN_MIN = 8;

  private PlainLoops() {}

  /// The coefficients of a 2 x 2 matrix, in locals of the loops.
  ///
  /// @param real whether every imaginary part is zero
  record Pair(
      double r00,
      double i00,
      double r01,
      double i01,
      double r10,
      double i10,
      double r11,
      double i11,
      boolean real) {}

  static Pair pair(ComplexMatrix m) {
    boolean real = m.im(0, 0) == 0 && m.im(0, 1) == 0 && m.im(1, 0) == 0 && m.im(1, 1) == 0;
    return new Pair(
        m.re(0, 0),
        m.im(0, 0),
        m.re(0, 1),
        m.im(0, 1),
        m.re(1, 0),
        m.im(1, 0),
        m.re(1, 1),
        m.im(1, 1),
        real);
  }

  static void matrix(
      double[] re, double[] im, int from, int to, int fixed, int value, int stride, Pair m) {
    int run = Integer.lowestOneBit(fixed);
    if (run < RUN_MIN) {
      for (int base = from; base < to; base = ((base | fixed) + 1) & ~fixed) {
        pairs(re, im, base | value, 1, stride, m);
      }
      return;
    }
    for (int base = from; base < to; base = ((base | fixed) + run) & ~fixed) {
      int length = Math.min(run, to - base);
      if (m.real) {
        realPairs(re, base | value, length, stride, m.r00, m.r01, m.r10, m.r11);
        realPairs(im, base | value, length, stride, m.r00, m.r01, m.r10, m.r11);
      } else {
        pairs(re, im, base | value, length, stride, m);
      }
    }
  }

  private static void pairs(double[] re, double[] im, int first, int length, int stride, Pair m) {
    double r00 = m.r00;
    double i00 = m.i00;
    double r01 = m.r01;
    double i01 = m.i01;
    double r10 = m.r10;
    double i10 = m.i10;
    double r11 = m.r11;
    double i11 = m.i11;
    for (int i = first; i < first + length; i++) {
      int j = i + stride;
      double a = re[i];
      double b = im[i];
      double c = re[j];
      double d = im[j];
      re[i] = r00 * a - i00 * b + r01 * c - i01 * d;
      im[i] = r00 * b + i00 * a + r01 * d + i01 * c;
      re[j] = r10 * a - i10 * b + r11 * c - i11 * d;
      im[j] = r10 * b + i10 * a + r11 * d + i11 * c;
    }
  }

  private static void realPairs(
      double[] part,
      int first,
      int length,
      int stride,
      double m00,
      double m01,
      double m10,
      double m11) {
    for (int i = first; i < first + length; i++) {
      int j = i + stride;
      double a = part[i];
      double c = part[j];
      part[i] = m00 * a + m01 * c;
      part[j] = m10 * a + m11 * c;
    }
  }

  /// Exchanges the amplitudes at `base + first` and `base + second`.
  static void exchange(
      double[] re, double[] im, int from, int to, int fixed, int first, int second) {
    int run = Integer.lowestOneBit(fixed);
    if (run < RUN_MIN) {
      for (int base = from; base < to; base = ((base | fixed) + 1) & ~fixed) {
        exchangeRun(re, base | first, 1, second - first);
        exchangeRun(im, base | first, 1, second - first);
      }
      return;
    }
    for (int base = from; base < to; base = ((base | fixed) + run) & ~fixed) {
      int length = Math.min(run, to - base);
      exchangeRun(re, base | first, length, second - first);
      exchangeRun(im, base | first, length, second - first);
    }
  }

  private static void exchangeRun(double[] part, int first, int length, int stride) {
    for (int i = first; i < first + length; i++) {
      double kept = part[i];
      part[i] = part[i + stride];
      part[i + stride] = kept;
    }
  }

  static void phase(
      double[] re, double[] im, int from, int to, int fixed, int value, double c, double s) {
    int run = Integer.lowestOneBit(fixed);
    if (run < RUN_MIN) {
      for (int base = from; base < to; base = ((base | fixed) + 1) & ~fixed) {
        phaseRun(re, im, base | value, 1, c, s);
      }
      return;
    }
    for (int base = from; base < to; base = ((base | fixed) + run) & ~fixed) {
      phaseRun(re, im, base | value, Math.min(run, to - base), c, s);
    }
  }

  private static void phaseRun(
      double[] re, double[] im, int first, int length, double c, double s) {
    for (int i = first; i < first + length; i++) {
      double a = re[i];
      double b = im[i];
      re[i] = c * a - s * b;
      im[i] = c * b + s * a;
    }
  }

  /// Sum of squared moduli where the fixed bits have this value.
  static double norm(double[] re, double[] im, int from, int to, int fixed, int value) {
    if (fixed == 0) {
      return normRun(re, im, from, to - from);
    }
    int run = Integer.lowestOneBit(fixed);
    double sum = 0;
    for (int base = from; base < to; base = ((base | fixed) + run) & ~fixed) {
      sum += normRun(re, im, base | value, Math.min(run, to - base));
    }
    return sum;
  }

  /// Four sums, so that one addition need not wait for the one before.
  private static double normRun(double[] re, double[] im, int first, int length) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int i = first;
    int end = first + length;
    for (; i + 3 < end; i += 4) {
      sum0 += re[i] * re[i] + im[i] * im[i];
      sum1 += re[i + 1] * re[i + 1] + im[i + 1] * im[i + 1];
      sum2 += re[i + 2] * re[i + 2] + im[i + 2] * im[i + 2];
      sum3 += re[i + 3] * re[i + 3] + im[i + 3] * im[i + 3];
    }
    for (; i < end; i++) {
      sum0 += re[i] * re[i] + im[i] * im[i];
    }
    return (sum0 + sum1) + (sum2 + sum3);
  }

  /// Scales the amplitudes whose qubit has the kept value, and clears the others.
  static void collapse(
      double[] re, double[] im, int from, int to, int bit, boolean keepOne, double scale) {
    for (int base = from; base < to; base = ((base | bit) + bit) & ~bit) {
      int length = Math.min(bit, to - base);
      int kept = keepOne ? base | bit : base;
      int cleared = keepOne ? base : base | bit;
      for (int i = 0; i < length; i++) {
        re[kept + i] *= scale;
        im[kept + i] *= scale;
        re[cleared + i] = 0;
        im[cleared + i] = 0;
      }
    }
  }
}
