package dev.reeve.quantum.aqo;

import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.Operation;
import java.util.List;

/// What each gate of the format is in the circuit model.
final class GateLowering {
  private static final double QUARTER = -Math.PI / 2;

  private GateLowering() {}

  /// @param angles the gate's arguments
  static void lower(AqoOperation.Gate operation, double[] angles, List<Operation> out) {
    Indexes q = operation.qubits();
    switch (operation.gate()) {
      case X -> out.add(plain(Gate.X, angles, q, 0));
      case Y -> out.add(plain(Gate.Y, angles, q, 0));
      case Z -> out.add(plain(Gate.Z, angles, q, 0));
      case H -> out.add(plain(Gate.H, angles, q, 0));
      case S -> out.add(plain(Gate.S, angles, q, 0));
      case SDG -> out.add(plain(Gate.SDG, angles, q, 0));
      case T -> out.add(plain(Gate.T, angles, q, 0));
      case TDG -> out.add(plain(Gate.TDG, angles, q, 0));
      case SX -> out.add(plain(Gate.SX, angles, q, 0));
      case RX -> out.add(plain(Gate.RX, angles, q, 0));
      case RY -> out.add(plain(Gate.RY, angles, q, 0));
      case RZ -> out.add(plain(Gate.RZ, angles, q, 0));
      case P -> out.add(plain(Gate.P, angles, q, 0));
      case U -> out.add(plain(Gate.U, new double[] {angles[0], angles[1], angles[2], 0}, q, 0));
      case CX -> out.add(plain(Gate.X, angles, q, 1));
      case CY -> out.add(plain(Gate.Y, angles, q, 1));
      case CZ -> out.add(plain(Gate.Z, angles, q, 1));
      case CH -> out.add(plain(Gate.H, angles, q, 1));
      case CP -> out.add(plain(Gate.P, angles, q, 1));
      case CRX -> out.add(plain(Gate.RX, angles, q, 1));
      case CRY -> out.add(plain(Gate.RY, angles, q, 1));
      case CRZ -> out.add(plain(Gate.RZ, angles, q, 1));
      case CCX -> out.add(plain(Gate.X, angles, q, 2));
      case CCZ -> out.add(plain(Gate.Z, angles, q, 2));
      case SWAP -> out.add(plain(Gate.SWAP, angles, q, 0));
      case CSWAP -> out.add(plain(Gate.SWAP, angles, q, 1));
      case RXX -> out.add(plain(Gate.RXX, angles, q, 0));
      case RYY -> out.add(plain(Gate.RYY, angles, q, 0));
      case RZZ -> out.add(plain(Gate.RZZ, angles, q, 0));
      case ISWAP -> {
        out.add(plain(Gate.RXX, new double[] {QUARTER}, q, 0));
        out.add(plain(Gate.RYY, new double[] {QUARTER}, q, 0));
      }
      case GPHASE -> out.add(plain(Gate.GPHASE, angles, q, 0));
    }
  }

  /// Controls come first.
  private static GateOperation plain(Gate gate, double[] angles, Indexes qubits, int controls) {
    int[] targets = new int[qubits.size() - controls];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = qubits.get(controls + i);
    }
    GateOperation operation = GateOperation.of(gate, angles, targets);
    for (int i = 0; i < controls; i++) {
      operation = operation.controlledBy(qubits.get(i), true);
    }
    return operation;
  }

  /// Turns an axis to Z.
  static List<GateOperation> toZ(AqoBasis axis, int qubit) {
    return switch (axis) {
      case X -> List.of(GateOperation.of(Gate.H, qubit));
      case Y -> List.of(GateOperation.of(Gate.SDG, qubit), GateOperation.of(Gate.H, qubit));
      case Z -> List.of();
    };
  }

  /// Turns Z to an axis.
  static List<GateOperation> fromZ(AqoBasis axis, int qubit) {
    return switch (axis) {
      case X -> List.of(GateOperation.of(Gate.H, qubit));
      case Y -> List.of(GateOperation.of(Gate.H, qubit), GateOperation.of(Gate.S, qubit));
      case Z -> List.of();
    };
  }
}
