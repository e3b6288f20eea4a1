package dev.reeve.quantum;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/// Whole matrices of small circuits, built the way a textbook does: every gate as a full matrix,
/// circuits as products. The reference that simulator and front end are tested against. Qubit 0 is
/// the least significant bit of an index.
public final class NaiveMatrix {
  private final Complex[][] cells;

  private NaiveMatrix(Complex[][] cells) {
    this.cells = cells;
  }

  /// A matrix from its rows.
  public static NaiveMatrix of(Complex[]... rows) {
    return new NaiveMatrix(rows);
  }

  public static NaiveMatrix real(int dimension, double... values) {
    Complex[][] cells = new Complex[dimension][dimension];
    for (int i = 0; i < values.length; i++) {
      cells[i / dimension][i % dimension] = Complex.of(values[i]);
    }
    return new NaiveMatrix(cells);
  }

  public static NaiveMatrix diagonal(Complex... values) {
    NaiveMatrix matrix = zero(values.length);
    for (int i = 0; i < values.length; i++) {
      matrix.cells[i][i] = values[i];
    }
    return matrix;
  }

  public static NaiveMatrix identity(int dimension) {
    NaiveMatrix matrix = zero(dimension);
    for (int i = 0; i < dimension; i++) {
      matrix.cells[i][i] = Complex.ONE;
    }
    return matrix;
  }

  /// Moves basis state `i` to `images(i)`.
  public static NaiveMatrix permutation(int dimension, IntUnaryOperator images) {
    NaiveMatrix matrix = zero(dimension);
    for (int i = 0; i < dimension; i++) {
      matrix.cells[images.applyAsInt(i)][i] = Complex.ONE;
    }
    return matrix;
  }

  private static NaiveMatrix zero(int dimension) {
    Complex[][] cells = new Complex[dimension][dimension];
    for (Complex[] row : cells) {
      Arrays.fill(row, Complex.ZERO);
    }
    return new NaiveMatrix(cells);
  }

  public int dimension() {
    return cells.length;
  }

  public Complex cell(int row, int column) {
    return cells[row][column];
  }

  /// This after `first`.
  public NaiveMatrix after(NaiveMatrix first) {
    NaiveMatrix product = zero(cells.length);
    for (int row = 0; row < cells.length; row++) {
      for (int column = 0; column < cells.length; column++) {
        Complex sum = Complex.ZERO;
        for (int k = 0; k < cells.length; k++) {
          sum = sum.plus(cells[row][k].times(first.cells[k][column]));
        }
        product.cells[row][column] = sum;
      }
    }
    return product;
  }

  public NaiveMatrix scaled(Complex factor) {
    NaiveMatrix scaled = zero(cells.length);
    for (int row = 0; row < cells.length; row++) {
      for (int column = 0; column < cells.length; column++) {
        scaled.cells[row][column] = cells[row][column].times(factor);
      }
    }
    return scaled;
  }

  public NaiveMatrix adjoint() {
    NaiveMatrix adjoint = zero(cells.length);
    for (int row = 0; row < cells.length; row++) {
      for (int column = 0; column < cells.length; column++) {
        adjoint.cells[column][row] = cells[row][column].conjugate();
      }
    }
    return adjoint;
  }

  /// This on given qubits of a larger system; the first is the least significant of this matrix.
  public NaiveMatrix on(int qubits, int... targets) {
    NaiveMatrix whole = zero(1 << qubits);
    for (int column = 0; column < whole.cells.length; column++) {
      for (int row = 0; row < cells.length; row++) {
        int image = column;
        int inner = 0;
        for (int k = 0; k < targets.length; k++) {
          inner |= (column >> targets[k] & 1) << k;
          image = (image & ~(1 << targets[k])) | ((row >> k & 1) << targets[k]);
        }
        whole.cells[image][column] = whole.cells[image][column].plus(cells[row][inner]);
      }
    }
    return whole;
  }

  /// This under a control, which becomes qubit 0 while the others move up by one: the order in
  /// which programs name them.
  public NaiveMatrix controlled() {
    NaiveMatrix controlled = zero(2 * cells.length);
    for (int row = 0; row < cells.length; row++) {
      controlled.cells[2 * row][2 * row] = Complex.ONE;
      for (int column = 0; column < cells.length; column++) {
        controlled.cells[2 * row + 1][2 * column + 1] = cells[row][column];
      }
    }
    return controlled;
  }

  /// The largest difference of any cell.
  public double distance(NaiveMatrix other) {
    double worst = 0;
    for (int row = 0; row < cells.length; row++) {
      for (int column = 0; column < cells.length; column++) {
        worst =
            Math.max(worst, cells[row][column].plus(other.cells[row][column].times(-1)).modulus());
      }
    }
    return worst;
  }

  /// The difference that is left when the best common phase is taken out.
  public double distanceUpToPhase(NaiveMatrix other) {
    Complex overlap = Complex.ZERO;
    for (int row = 0; row < cells.length; row++) {
      for (int column = 0; column < cells.length; column++) {
        overlap = overlap.plus(cells[row][column].times(other.cells[row][column].conjugate()));
      }
    }
    return distance(other.scaled(overlap.times(1 / overlap.modulus())));
  }
}
