package dev.reeve.quantum.simulator;

/// The mean of an observable in a state and the mean of its square.
///
/// @param square NaN where it is not known
record Moments(double mean, double square) {
  private static final int SLICE = 1 << 14;

  /// Exactly, from all amplitudes. Each amplitude of the state with the observable applied is put
  /// together from those that its terms bring there; its overlap with the state is the mean, its
  /// square the mean square.
  static Moments of(StateVector state, PauliSum observable, Checkpoint checkpoint) {
    int terms = observable.terms().size();
    int[] flips = new int[terms];
    int[] signs = new int[terms];
    double[] re = new double[terms];
    double[] im = new double[terms];
    fill(observable, flips, signs, re, im);
    int slice = Math.max(1, SLICE / Math.max(1, terms));
    double mean = 0;
    double square = 0;
    int size = 1 << state.qubits();
    for (int index = 0; index < size; index++) {
      if (index % slice == 0) {
        checkpoint.pass();
      }
      double real = 0;
      double imaginary = 0;
      for (int term = 0; term < terms; term++) {
        int from = index ^ flips[term];
        double sign = 1 - 2 * (Integer.bitCount(from & signs[term]) & 1);
        double a = sign * state.re(from);
        double b = sign * state.im(from);
        real += re[term] * a - im[term] * b;
        imaginary += re[term] * b + im[term] * a;
      }
      mean += state.re(index) * real + state.im(index) * imaginary;
      square += real * real + imaginary * imaginary;
    }
    return new Moments(mean, square);
  }

  /// X flips, Z gives a sign, and Y does both with a factor of i.
  static void fill(PauliSum observable, int[] flips, int[] signs, double[] re, double[] im) {
    for (int i = 0; i < flips.length; i++) {
      PauliSum.Term term = observable.terms().get(i);
      flips[i] = (int) term.product().flipMask();
      signs[i] = (int) term.product().signMask();
      int turns = term.product().countY() & 3;
      re[i] = term.weight() * (turns == 0 ? 1 : turns == 2 ? -1 : 0);
      im[i] = term.weight() * (turns == 1 ? 1 : turns == 3 ? -1 : 0);
    }
  }
}
