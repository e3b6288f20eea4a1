package dev.reeve.quantum.compiler;

import java.util.Arrays;

/// What it costs a block that its qubits are apart, by both places on a device: the first times the
/// device's qubits, and the second. Read by every run, and written by none.
final class DistanceCosts {
  private final double[] far;
  private final double[] near;

  DistanceCosts(CouplingMap couplings) {
    this.far = table(couplings, 1);
    this.near = table(couplings, 0.5);
  }

  private static double[] table(CouplingMap couplings, double power) {
    int size = couplings.qubits();
    double[] powers = new double[size];
    Arrays.setAll(powers, distance -> Math.pow(distance, power));
    double[] cost = new double[size * size];
    Arrays.setAll(cost, place -> powers[couplings.distance(place / size, place % size)]);
    return cost;
  }

  /// The distance.
  double[] far() {
    return far;
  }

  /// Its root: what is near counts more than what is far.
  double[] near() {
    return near;
  }
}
