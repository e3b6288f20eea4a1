package dev.reeve.quantum.simulator;

import dev.reeve.quantum.Complex;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.NaiveMatrix;
import dev.reeve.quantum.Operation;
import java.util.Arrays;
import java.util.List;

/// The state after a circuit of gates, by multiplying whole matrices with the state. Matrices of
/// gates are written here once more, from their definitions as exponentials.
final class NaiveState {
  private static final NaiveMatrix X = NaiveMatrix.real(2, 0, 1, 1, 0);
  private static final NaiveMatrix Z = NaiveMatrix.real(2, 1, 0, 0, -1);
  private static final NaiveMatrix Y =
      NaiveMatrix.of(
          new Complex[] {Complex.ZERO, new Complex(0, -1)},
          new Complex[] {Complex.I, Complex.ZERO});

  private NaiveState() {}

  static Complex[] of(int qubits, List<Operation> operations) {
    Complex[] state = new Complex[1 << qubits];
    Arrays.fill(state, Complex.ZERO);
    state[0] = Complex.ONE;
    for (Operation operation : operations) {
      state = after(state, qubits, (GateOperation) operation);
    }
    return state;
  }

  private static Complex[] after(Complex[] state, int qubits, GateOperation gate) {
    int[] targets = new int[gate.targetCount()];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = gate.target(i);
    }
    NaiveMatrix whole = matrix(gate).on(qubits, targets);
    Complex[] after = new Complex[state.length];
    for (int row = 0; row < state.length; row++) {
      if (!controlsHold(gate, row)) {
        after[row] = state[row];
        continue;
      }
      Complex sum = Complex.ZERO;
      for (int column = 0; column < state.length; column++) {
        Complex cell = whole.cell(row, column);
        if (cell.re() != 0 || cell.im() != 0) {
          sum = sum.plus(cell.times(state[column]));
        }
      }
      after[row] = sum;
    }
    return after;
  }

  private static boolean controlsHold(GateOperation gate, int index) {
    for (int i = 0; i < gate.controlCount(); i++) {
      if ((index >> gate.control(i) & 1) != (gate.controlValue(i) ? 1 : 0)) {
        return false;
      }
    }
    return true;
  }

  private static NaiveMatrix matrix(GateOperation gate) {
    double a = gate.gate().angles() > 0 ? gate.angle(0) : 0;
    return switch (gate.gate()) {
      case I -> NaiveMatrix.identity(2);
      case X -> X;
      case Y -> Y;
      case Z -> Z;
      case H -> NaiveMatrix.real(2, 1, 1, 1, -1).scaled(Complex.of(1 / Math.sqrt(2)));
      case S -> phase(Math.PI / 2);
      case SDG -> phase(-Math.PI / 2);
      case T -> phase(Math.PI / 4);
      case TDG -> phase(-Math.PI / 4);
      case SX -> exponential(X, Math.PI / 2).scaled(Complex.unit(Math.PI / 4));
      case SXDG -> exponential(X, -Math.PI / 2).scaled(Complex.unit(-Math.PI / 4));
      case P -> phase(a);
      case RX -> exponential(X, a);
      case RY -> exponential(Y, a);
      case RZ -> exponential(Z, a);
      case U -> {
        double phi = gate.angle(1);
        double lambda = gate.angle(2);
        yield exponential(Z, phi)
            .after(exponential(Y, a))
            .after(exponential(Z, lambda))
            .scaled(Complex.unit((phi + lambda) / 2 + gate.angle(3)));
      }
      case SWAP -> NaiveMatrix.permutation(4, i -> (i & 1) << 1 | i >> 1);
      case RXX -> exponential(X.on(2, 0).after(X.on(2, 1)), a);
      case RYY -> exponential(Y.on(2, 0).after(Y.on(2, 1)), a);
      case RZZ -> exponential(Z.on(2, 0).after(Z.on(2, 1)), a);
      case GPHASE -> NaiveMatrix.diagonal(Complex.unit(a));
      case UNITARY -> given(gate);
    };
  }

  private static NaiveMatrix given(GateOperation gate) {
    int n = gate.matrix().dimension();
    Complex[][] rows = new Complex[n][n];
    for (int row = 0; row < n; row++) {
      for (int column = 0; column < n; column++) {
        rows[row][column] =
            new Complex(gate.matrix().re(row, column), gate.matrix().im(row, column));
      }
    }
    return NaiveMatrix.of(rows);
  }

  private static NaiveMatrix phase(double angle) {
    return NaiveMatrix.diagonal(Complex.ONE, Complex.unit(angle));
  }

  /// exp(-i angle P / 2) by its series, for any matrix.
  private static NaiveMatrix exponential(NaiveMatrix axis, double angle) {
    int n = axis.dimension();
    Complex[][] sum = new Complex[n][n];
    NaiveMatrix term = NaiveMatrix.identity(n);
    for (Complex[] row : sum) {
      Arrays.fill(row, Complex.ZERO);
    }
    for (int k = 1; k < 60; k++) {
      for (int row = 0; row < n; row++) {
        for (int column = 0; column < n; column++) {
          sum[row][column] = sum[row][column].plus(term.cell(row, column));
        }
      }
      term = axis.after(term).scaled(new Complex(0, -angle / 2 / k));
    }
    return NaiveMatrix.of(sum);
  }
}
