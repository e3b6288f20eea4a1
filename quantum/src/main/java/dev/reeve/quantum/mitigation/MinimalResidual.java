package dev.reeve.quantum.mitigation;

import java.util.function.UnaryOperator;

/// Solves linear equations of which only the product with a vector is known: each round adds one
/// direction to those in which the values are sought, and takes the values there that miss least
/// (Saad and Schultz, 1986). It needs no bound on the matrix, unlike rounds of plain correction.
final class MinimalResidual {
  /// What was found.
  static final class Found {
    private final double[] values;
    private final double residual;

    private Found(double[] values, double residual) {
      this.values = values;
      this.residual = residual;
    }

    double value(int place) {
      return values[place];
    }

    /// Length of what is missed, as a share of that of the right side.
    double residual() {
      return residual;
    }
  }

  private final UnaryOperator<double[]> matrix;
  private final double[] right;
  private final double[][] directions;

  /// By round, the product of its direction in terms of all directions, made triangular.
  private final double[][] columns;

  private final double[] cosines;
  private final double[] sines;
  private final double[] missed;

  private MinimalResidual(UnaryOperator<double[]> matrix, double[] right, int roundsMax) {
    this.matrix = matrix;
    this.right = right;
    this.directions = new double[roundsMax + 1][];
    this.columns = new double[roundsMax][];
    this.cosines = new double[roundsMax];
    this.sines = new double[roundsMax];
    this.missed = new double[roundsMax + 1];
  }

  /// @param matrix its product with a vector, in a new array
  /// @param right not all zero
  /// @param tolerance ends the rounds early
  static Found solve(
      UnaryOperator<double[]> matrix, double[] right, int roundsMax, double tolerance) {
    return new MinimalResidual(matrix, right, roundsMax).solve(roundsMax, tolerance);
  }

  private Found solve(int roundsMax, double tolerance) {
    double length = length(right);
    directions[0] = scaled(right, 1 / length);
    missed[0] = length;
    int rounds = 0;
    while (rounds < roundsMax && Math.abs(missed[rounds]) > tolerance * length && round(rounds)) {
      rounds++;
    }
    double[] values = values(rounds);
    double[] left = right.clone();
    add(left, matrix.apply(values), -1);
    return new Found(values, length(left) / length);
  }

  /// @return whether the round found anything new
  private boolean round(int round) {
    double[] next = matrix.apply(directions[round]);
    double[] column = new double[round + 2];
    for (int i = 0; i <= round; i++) {
      column[i] = product(next, directions[i]);
      add(next, directions[i], -column[i]);
    }
    double rest = length(next);
    column[round + 1] = rest;
    for (int i = 0; i < round; i++) {
      turn(column, i, i);
    }
    double size = Math.hypot(column[round], rest);
    if (!(size > 0)) {
      return false;
    }
    cosines[round] = column[round] / size;
    sines[round] = rest / size;
    turn(column, round, round);
    turn(missed, round, round);
    columns[round] = column;
    directions[round + 1] = rest > 0 ? scaled(next, 1 / rest) : next;
    return true;
  }

  private void turn(double[] of, int place, int round) {
    double first = of[place];
    double second = of[place + 1];
    of[place] = cosines[round] * first + sines[round] * second;
    of[place + 1] = cosines[round] * second - sines[round] * first;
  }

  /// From the last round backwards, since the columns are triangular.
  private double[] values(int rounds) {
    double[] shares = new double[rounds];
    double[] values = new double[right.length];
    for (int i = rounds - 1; i >= 0; i--) {
      double share = missed[i];
      for (int later = i + 1; later < rounds; later++) {
        share -= columns[later][i] * shares[later];
      }
      shares[i] = share / columns[i][i];
      add(values, directions[i], shares[i]);
    }
    return values;
  }

  private static double product(double[] one, double[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }

  private static double length(double[] vector) {
    return Math.sqrt(product(vector, vector));
  }

  private static double[] scaled(double[] vector, double by) {
    double[] scaled = new double[vector.length];
    add(scaled, vector, by);
    return scaled;
  }

  private static void add(double[] to, double[] vector, double times) {
    for (int i = 0; i < to.length; i++) {
      to[i] += times * vector[i];
    }
  }
}
