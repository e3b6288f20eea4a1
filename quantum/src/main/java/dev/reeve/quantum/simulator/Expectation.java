package dev.reeve.quantum.simulator;

import dev.reeve.quantum.QuantumProblems;

/// What an observable is on average in a state, and how far single measurements scatter.
///
/// @param value the mean
/// @param variance the mean square distance from it; never negative
public record Expectation(double value, double variance) {
  private static final int SLICE = 1 << 16;

  /// Exactly, from all amplitudes. The observable is applied to the state; the overlap of both is
  /// the mean and the norm of the result the mean square.
  ///
  /// @throws dev.reeve.base.ProblemException `OBSERVABLE_INVALID` when it names other qubits
  static Expectation of(StateVector state, PauliSum observable, Checkpoint checkpoint) {
    if (observable.qubits() > state.qubits()) {
      throw QuantumProblems.OBSERVABLE_INVALID
          .because(
              "observable: qubit %d (expected: below %d)"
                  .formatted(observable.qubits() - 1, state.qubits()))
          .toException();
    }
    double[] re = new double[1 << state.qubits()];
    double[] im = new double[re.length];
    for (PauliSum.Term term : observable.terms()) {
      add(state, term, re, im, checkpoint);
    }
    double mean = 0;
    double square = 0;
    for (int index = 0; index < re.length; index++) {
      mean += state.re(index) * re[index] + state.im(index) * im[index];
      square += re[index] * re[index] + im[index] * im[index];
    }
    return new Expectation(mean, Math.max(0, square - mean * mean));
  }

  /// X flips, Z gives a sign, and Y does both with a factor of i.
  private static void add(
      StateVector state, PauliSum.Term term, double[] re, double[] im, Checkpoint checkpoint) {
    int turns = Long.bitCount(term.flips() & term.signs()) & 3;
    double c = term.weight() * (turns == 0 ? 1 : turns == 2 ? -1 : 0);
    double s = term.weight() * (turns == 1 ? 1 : turns == 3 ? -1 : 0);
    for (int index = 0; index < re.length; index++) {
      if (index % SLICE == 0) {
        checkpoint.pass();
      }
      int to = index ^ (int) term.flips();
      double sign = (Long.bitCount(index & term.signs()) & 1) == 0 ? 1 : -1;
      double a = state.re(index);
      double b = state.im(index);
      re[to] += sign * (c * a - s * b);
      im[to] += sign * (c * b + s * a);
    }
  }
}
