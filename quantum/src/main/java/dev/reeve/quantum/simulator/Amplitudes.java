package dev.reeve.quantum.simulator;

import dev.reeve.base.Check;

/// The amplitudes of a state; qubit `q` is bit `q` of an index. Immutable.
public final class Amplitudes {
  private final double[] re;
  private final double[] im;

  private Amplitudes(double[] re, double[] im) {
    this.re = re;
    this.im = im;
  }

  /// A copy of those of a state.
  static Amplitudes of(StateVector state) {
    Check.argument(state.qubits() <= 26, "qubits: %d (expected: at most 26)", state.qubits());
    double[] re = new double[1 << state.qubits()];
    double[] im = new double[re.length];
    for (int index = 0; index < re.length; index++) {
      re[index] = state.re(index);
      im[index] = state.im(index);
    }
    return new Amplitudes(re, im);
  }

  /// How many there are.
  public int size() {
    return re.length;
  }

  /// Real part.
  public double re(int index) {
    return re[index];
  }

  /// Imaginary part.
  public double im(int index) {
    return im[index];
  }
}
