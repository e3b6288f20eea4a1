package dev.reeve.quantum.compiler;

import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Leaves out rotations so small that all of them together do not show, the smallest first. Those
/// on the same qubits add up like their angles, and so does what they take from an amplitude; of
/// those on different qubits the squares do, unless gates between them carry one onto the other,
/// and then the sum of all is a bound still. Long Fourier transforms are made of such rotations for
/// the most part.
///
/// @param operations what is left
/// @param halfAngles of all that was left out, in radians: no probability of an outcome is off by
///   more
record TinyRotations(List<Operation> operations, double halfAngles) {
  /// Half the angles of all that are left out.
  private static final double HALF_ANGLES_MAX = 2e-3;

  /// What all that are left out take from the fidelity: for each set of qubits the square of half
  /// the angles there.
  private static final double LOSS_MAX = 5e-8;

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
    List<GateOperation> tiny =
        operations.stream()
            .filter(GateOperation.class::isInstance)
            .map(GateOperation.class::cast)
            .filter(gate -> halfAngle(gate) < HALF_ANGLES_MAX)
            .sorted(Comparator.comparingDouble(TinyRotations::halfAngle))
            .toList();
    Map<BitSet, Double> sums = new HashMap<>();
    double sum = 0;
    double loss = 0;
    double bound = 0;
    for (int i = 0; i < tiny.size(); i++) {
      double half = halfAngle(tiny.get(i));
      double here = sums.merge(qubits(tiny.get(i)), half, Double::sum);
      sum += half;
      loss += here * here - (here - half) * (here - half);
      if (sum > HALF_ANGLES_MAX || loss > LOSS_MAX) {
        break;
      }
      // All of the same size or none: the output must not depend on their order.
      if (i + 1 == tiny.size() || halfAngle(tiny.get(i + 1)) > half) {
        bound = half;
      }
    }
    return bound;
  }

  private static BitSet qubits(GateOperation gate) {
    BitSet qubits = new BitSet();
    for (int i = 0; i < gate.qubitCount(); i++) {
      qubits.set(gate.qubit(i));
    }
    return qubits;
  }

  /// How far a rotation is from nothing, up to a phase; under controls it is no further.
  private static double halfAngle(GateOperation gate) {
    if (gate.isOpen()) {
      return 1;
    }
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
