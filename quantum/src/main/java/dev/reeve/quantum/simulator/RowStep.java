package dev.reeve.quantum.simulator;

import java.util.Arrays;
import java.util.List;

/// A step on a block of rows. Conditions on rows are `row & mask == value`; whether a step acts on
/// a block at all is asked before.
sealed interface RowStep {
  /// The bits of a block's index that decide whether the step acts, and their value.
  Condition outer();

  /// `index & mask == value`.
  ///
  /// @param mask which bits
  record Condition(long mask, long value) {
    static final Condition ALWAYS = new Condition(0, 0);

    boolean holds(long index) {
      return (index & mask) == value;
    }
  }

  void run(Rows rows, long block);

  /// A 2 x 2 matrix.
  record Pair(int bit, Condition rowIf, Condition outer, PlainLoops.Pair matrix)
      implements RowStep {
    @Override
    public void run(Rows rows, long block) {
      for (int row = 0; row < rows.re.length; row++) {
        if ((row & bit) == 0 && rowIf.holds(row)) {
          int other = row | bit;
          if (matrix.real()) {
            RowLoops.realPair(
                rows.re[row],
                rows.re[other],
                matrix.r00(),
                matrix.r01(),
                matrix.r10(),
                matrix.r11());
            RowLoops.realPair(
                rows.im[row],
                rows.im[other],
                matrix.r00(),
                matrix.r01(),
                matrix.r10(),
                matrix.r11());
          } else {
            RowLoops.pair(rows.re[row], rows.im[row], rows.re[other], rows.im[other], matrix);
          }
        }
      }
    }
  }

  /// The same on some of the columns.
  record ColumnPair(
      int bit, Condition rowIf, Condition columnIf, Condition outer, PlainLoops.Pair m)
      implements RowStep {
    @Override
    public void run(Rows rows, long block) {
      for (int row = 0; row < rows.re.length; row++) {
        if ((row & bit) == 0 && rowIf.holds(row)) {
          columns(rows.re[row], rows.im[row], rows.re[row | bit], rows.im[row | bit]);
        }
      }
    }

    private void columns(double[] aRe, double[] aIm, double[] bRe, double[] bIm) {
      for (int i = 0; i < aRe.length; i++) {
        if (columnIf.holds(i)) {
          double a = aRe[i];
          double b = aIm[i];
          double c = bRe[i];
          double d = bIm[i];
          aRe[i] = m.r00() * a - m.i00() * b + m.r01() * c - m.i01() * d;
          aIm[i] = m.r00() * b + m.i00() * a + m.r01() * d + m.i01() * c;
          bRe[i] = m.r10() * a - m.i10() * b + m.r11() * c - m.i11() * d;
          bIm[i] = m.r10() * b + m.i10() * a + m.r11() * d + m.i11() * c;
        }
      }
    }
  }

  /// Exchanges rows that differ in some bits, wherever the bits have the first value.
  ///
  /// @param bits all that differ
  /// @param first their value on one side; the other side is the opposite
  record Exchange(int bits, int first, Condition rowIf, Condition columnIf, Condition outer)
      implements RowStep {
    @Override
    public void run(Rows rows, long block) {
      for (int row = 0; row < rows.re.length; row++) {
        if ((row & bits) == first && rowIf.holds(row)) {
          int other = row ^ bits;
          if (columnIf.mask() == 0) {
            rows.exchange(row, other);
          } else {
            columns(rows.re[row], rows.re[other]);
            columns(rows.im[row], rows.im[other]);
          }
        }
      }
    }

    private void columns(double[] a, double[] b) {
      for (int i = 0; i < a.length; i++) {
        if (columnIf.holds(i)) {
          double kept = a[i];
          a[i] = b[i];
          b[i] = kept;
        }
      }
    }
  }

  /// A matrix on several bits of a row's number.
  final class Dense implements RowStep {
    private final double[] re;
    private final double[] im;
    private final int[] offsets;
    private final int fixed;

    /// @param re the matrix, row by row
    Dense(double[] re, double[] im, int[] offsets, int fixed) {
      this.re = re;
      this.im = im;
      this.offsets = offsets;
      this.fixed = fixed;
    }

    @Override
    public Condition outer() {
      return Condition.ALWAYS;
    }

    @Override
    public void run(Rows rows, long block) {
      for (int row = 0; row < rows.re.length; row++) {
        if ((row & fixed) == 0) {
          rows.dense(re, im, row, offsets);
        }
      }
    }
  }

  /// All phases of a stretch of diagonal steps.
  record Diagonal(List<Factor> factors) implements RowStep {
    public Diagonal {
      factors = List.copyOf(factors);
    }

    /// A number, or one for each column, where row and block say so.
    static final class Factor {
      private final Condition rowIf;
      private final Condition outer;
      private final double[] re;
      private final double[] im;

      /// @param columns how many numbers; 1 when it is the same for all
      Factor(Condition rowIf, Condition outer, int columns) {
        this.rowIf = rowIf;
        this.outer = outer;
        this.re = new double[columns];
        this.im = new double[columns];
        Arrays.fill(re, 1);
      }

      /// Turns the number of a column.
      void turn(int column, double c, double s) {
        double a = re[column];
        double b = im[column];
        re[column] = a * c - b * s;
        im[column] = a * s + b * c;
      }
    }

    @Override
    public Condition outer() {
      return Condition.ALWAYS;
    }

    @Override
    public void run(Rows rows, long block) {
      for (int row = 0; row < rows.re.length; row++) {
        double c = 1;
        double s = 0;
        for (Factor factor : factors) {
          if (factor.rowIf.holds(row) && factor.outer.holds(block)) {
            if (factor.re.length > 1) {
              RowLoops.multiply(rows.re[row], rows.im[row], factor.re, factor.im);
            } else {
              double kept = c;
              c = kept * factor.re[0] - s * factor.im[0];
              s = kept * factor.im[0] + s * factor.re[0];
            }
          }
        }
        if (c != 1 || s != 0) {
          RowLoops.scale(rows.re[row], rows.im[row], c, s);
        }
      }
    }
  }
}
