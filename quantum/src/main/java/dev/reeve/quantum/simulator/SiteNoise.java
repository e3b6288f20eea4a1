package dev.reeve.quantum.simulator;

import java.util.Map;

/// What a noise model says of single qubits of the circuit and of single pairs of them, in place of
/// what it says of all.
///
/// @param gates strength of depolarizing after gates on a qubit
/// @param pairs the same after gates on two
/// @param readouts how a qubit is misread
/// @param relaxations what a qubit loses while it waits
/// @param gateNanos how long gates on a qubit take, in nanoseconds
/// @param pairNanos how long gates on two take, in nanoseconds
record SiteNoise(
    Map<Integer, Double> gates,
    Map<Pair, Double> pairs,
    Map<Integer, Readout> readouts,
    Map<Integer, Relaxation> relaxations,
    Map<Integer, Double> gateNanos,
    Map<Pair, Double> pairNanos) {
  /// All are alike.
  static final SiteNoise NONE =
      new SiteNoise(Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

  /// Two qubits, the lower one first.
  record Pair(int low, int high) {
    static Pair of(int first, int second) {
      return new Pair(Math.min(first, second), Math.max(first, second));
    }
  }

  /// The times of a qubit, in microseconds, as [IdleNoise] has them.
  record Relaxation(double t1Micros, double t2Micros) {}

  SiteNoise {
    gates = Map.copyOf(gates);
    pairs = Map.copyOf(pairs);
    readouts = Map.copyOf(readouts);
    relaxations = Map.copyOf(relaxations);
    gateNanos = Map.copyOf(gateNanos);
    pairNanos = Map.copyOf(pairNanos);
  }
}
