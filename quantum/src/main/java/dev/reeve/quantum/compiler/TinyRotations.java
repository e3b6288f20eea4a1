package dev.reeve.quantum.compiler;

import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Leaves out rotations so small that all of them together do not show: the smallest first, as long
/// as half their angles together stay below a bound that no device comes near. What many rotations
/// about one axis do adds up like their angles, so that nothing less than this sum is a bound. Long
/// Fourier transforms are made of such rotations for the most part.
///
/// @param operations what is left
/// @param halfAngles of all that was left out, in radians: no probability of an outcome is off by
///   more
record TinyRotations(List<Operation> operations, double halfAngles) {
  /// Of all that are left out together.
  static final double HALF_ANGLES_MAX = 2e-4;

  TinyRotations {
    operations = List.copyOf(operations);
  }

  /// The same operations, with nothing left out.
  static TinyRotations keep(List<Operation> operations) {
    return new TinyRotations(operations, 0);
  }

  static TinyRotations drop(List<Operation> operations) {
    double bound = bound(operations);
    if (bound == 0) {
      return keep(operations);
    }
    List<Operation> out = new ArrayList<>(operations.size());
    double sum = 0;
    for (Operation operation : operations) {
      if (operation instanceof GateOperation gate && halfAngle(gate) <= bound) {
        sum += halfAngle(gate);
      } else {
        out.add(operation);
      }
    }
    return new TinyRotations(out, sum);
  }

  /// The largest half angle of one that may go.
  private static double bound(List<Operation> operations) {
    double[] tiny =
        operations.stream()
            .mapToDouble(operation ->
                operation instanceof GateOperation gate ? halfAngle(gate) : HALF_ANGLES_MAX)
            .filter(half -> half < HALF_ANGLES_MAX)
            .sorted()
            .toArray();
    double sum = 0;
    int count = 0;
    while (count < tiny.length && sum + tiny[count] <= HALF_ANGLES_MAX) {
      sum += tiny[count++];
    }
    // All of the same size or none: the output must not depend on their order.
    int kept = count;
    while (kept > 0 && count < tiny.length && tiny[kept - 1] == tiny[count]) {
      kept--;
    }
    return kept == 0 ? 0 : Arrays.stream(tiny).limit(kept).max().orElse(0);
  }

  /// How far a rotation is from nothing, up to a phase; under controls it is no further.
  private static double halfAngle(GateOperation gate) {
    return switch (gate.gate()) {
      case P -> half(gate.angle(0), 2 * Math.PI);
      case RX, RY, RZ, RXX, RYY, RZZ -> half(gate.angle(0), 4 * Math.PI);
      case I, X, Y, Z, H, S, SDG, T, TDG, SX, SXDG, U, SWAP, GPHASE, UNITARY -> 1;
    };
  }

  private static double half(double angle, double period) {
    return Math.abs(Math.IEEEremainder(angle, period)) / 2;
  }
}
