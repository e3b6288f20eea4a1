package dev.reeve.quantum.compiler;

import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Leaves out rotations so small that all of them together do not show: the smallest first, as long
/// as what they take from the fidelity of the whole stays below a bound that no device comes near.
/// Long Fourier transforms are made of such rotations for the most part.
final class TinyRotations {
  /// Of all that are left out together; what circuits are compared by sees ten times less.
  private static final double INFIDELITY_MAX = 5e-8;

  private TinyRotations() {}

  static List<Operation> drop(List<Operation> operations) {
    double bound = bound(operations);
    if (bound == 0) {
      return operations;
    }
    List<Operation> out = new ArrayList<>(operations.size());
    for (Operation operation : operations) {
      if (!(operation instanceof GateOperation gate && infidelity(gate) <= bound)) {
        out.add(operation);
      }
    }
    return out;
  }

  /// The largest infidelity of one that may go.
  private static double bound(List<Operation> operations) {
    double[] tiny =
        operations.stream()
            .mapToDouble(operation ->
                operation instanceof GateOperation gate ? infidelity(gate) : INFIDELITY_MAX)
            .filter(infidelity -> infidelity < INFIDELITY_MAX)
            .sorted()
            .toArray();
    double sum = 0;
    int count = 0;
    while (count < tiny.length && sum + tiny[count] <= INFIDELITY_MAX) {
      sum += tiny[count++];
    }
    // All of the same size or none: the output must not depend on their order.
    int kept = count;
    while (kept > 0 && count < tiny.length && tiny[kept - 1] == tiny[count]) {
      kept--;
    }
    return kept == 0 ? 0 : Arrays.stream(tiny).limit(kept).max().orElse(0);
  }

  /// What is lost without a rotation, on average over all states; under controls it is less.
  private static double infidelity(GateOperation gate) {
    return switch (gate.gate()) {
      case P -> loss(gate.angle(0), 2 * Math.PI);
      case RX, RY, RZ, RXX, RYY, RZZ -> loss(gate.angle(0), 4 * Math.PI);
      case I, X, Y, Z, H, S, SDG, T, TDG, SX, SXDG, U, SWAP, GPHASE, UNITARY -> 1;
    };
  }

  private static double loss(double angle, double period) {
    double turned = Math.IEEEremainder(angle, period);
    return turned * turned / 6;
  }
}
