package dev.reeve.quantum.qasm;

import dev.reeve.quantum.ComplexMatrix;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// What the modifiers `ctrl`, `negctrl`, `inv` and `pow` make of the operations of a gate.
final class GateModifiers {
  /// Most qubits of a gate whose fractional power is worked out as a whole.
  static final int POWER_QUBITS_MAX = 5;

  private GateModifiers() {}

  static List<Operation> inverse(List<Operation> operations) {
    List<Operation> inverse = new ArrayList<>(operations.size());
    for (Operation operation : operations.reversed()) {
      inverse.add(operation instanceof GateOperation gate ? gate.inverse() : operation);
    }
    return inverse;
  }

  static List<Operation> controlled(List<Operation> operations, int qubit, boolean value) {
    List<Operation> controlled = new ArrayList<>(operations.size());
    for (Operation operation : operations) {
      controlled.add(
          operation instanceof GateOperation gate ? gate.controlledBy(qubit, value) : operation);
    }
    return controlled;
  }

  /// A whole power, written as few operations as is easily possible, else by repetition.
  static List<Operation> wholePower(List<Operation> operations, long exponent) {
    List<Operation> base = exponent < 0 ? inverse(operations) : operations;
    long times = Math.abs(exponent);
    if (times == 0) {
      return List.of();
    }
    if (times == 1) {
      return base;
    }
    if (base.size() == 1 && base.getFirst() instanceof GateOperation gate) {
      return List.of(wholePower(gate, times));
    }
    List<Operation> repeated = new ArrayList<>();
    for (long i = 0; i < times; i++) {
      repeated.addAll(base);
    }
    return repeated;
  }

  /// Whether a whole power is one operation, however large the exponent.
  static boolean isCompact(List<Operation> operations) {
    return operations.isEmpty()
        || (operations.size() == 1 && operations.getFirst() instanceof GateOperation);
  }

  private static GateOperation wholePower(GateOperation gate, long times) {
    return switch (gate.gate()) {
      case P, RX, RY, RZ, RXX, RYY, RZZ, GPHASE ->
          gate.withGate(gate.gate(), gate.angle(0) * times);
      default -> {
        ComplexMatrix square = gate.matrix();
        ComplexMatrix power = ComplexMatrix.identity(square.dimension());
        for (long rest = times; rest > 0; rest >>= 1) {
          if ((rest & 1) == 1) {
            power = power.times(square);
          }
          square = square.times(square);
        }
        yield withMatrix(gate, power);
      }
    };
  }

  /// A fractional power: of one operation under its controls, else of the gate as a whole.
  static Optional<List<Operation>> fractionalPower(List<Operation> operations, double exponent) {
    if (operations.isEmpty()) {
      return Optional.of(List.of());
    }
    if (operations.size() == 1 && operations.getFirst() instanceof GateOperation gate) {
      return fractionalPower(gate, exponent).map(List::of);
    }
    int[] qubits = qubits(operations);
    if (qubits.length > POWER_QUBITS_MAX) {
      return Optional.empty();
    }
    return PrincipalPower.of(SmallUnitary.of(operations, qubits), exponent)
        .map(power -> List.of(ofMatrix(power, qubits)));
  }

  private static Optional<GateOperation> fractionalPower(GateOperation gate, double exponent) {
    double half = Math.PI / 2;
    return switch (gate.gate()) {
      case I -> Optional.of(gate);
      case Z -> Optional.of(gate.withGate(Gate.P, Math.PI * exponent));
      case S -> Optional.of(gate.withGate(Gate.P, half * exponent));
      case SDG -> Optional.of(gate.withGate(Gate.P, -half * exponent));
      case T -> Optional.of(gate.withGate(Gate.P, half / 2 * exponent));
      case TDG -> Optional.of(gate.withGate(Gate.P, -half / 2 * exponent));
      case P, GPHASE ->
          Optional.of(
              gate.withGate(gate.gate(), PrincipalPower.principal(gate.angle(0)) * exponent));
      default -> PrincipalPower.of(gate.matrix(), exponent).map(power -> withMatrix(gate, power));
    };
  }

  private static GateOperation withMatrix(GateOperation gate, ComplexMatrix matrix) {
    int[] targets = new int[gate.targetCount()];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = gate.target(i);
    }
    GateOperation result = ofMatrix(matrix, targets);
    for (int i = 0; i < gate.controlCount(); i++) {
      result = result.controlledBy(gate.control(i), gate.controlValue(i));
    }
    return result;
  }

  private static GateOperation ofMatrix(ComplexMatrix matrix, int[] targets) {
    return switch (targets.length) {
      case 0 ->
          GateOperation.of(
              Gate.GPHASE, new double[] {Math.atan2(matrix.im(0, 0), matrix.re(0, 0))});
      case 1 -> GateOperation.of(Gate.U, OneQubitAngles.of(matrix), targets);
      default -> GateOperation.unitary(matrix, targets);
    };
  }

  private static int[] qubits(List<Operation> operations) {
    TreeSet<Integer> qubits = new TreeSet<>();
    for (Operation operation : operations) {
      switch (operation) {
        case GateOperation gate -> {
          for (int i = 0; i < gate.qubitCount(); i++) {
            qubits.add(gate.qubit(i));
          }
        }
        case Operation.Barrier _, Operation.Delay _ -> {}
        case Operation.Quantum _, Operation.Classical _ ->
            throw new IllegalArgumentException("operation: " + operation);
      }
    }
    return qubits.stream().mapToInt(Integer::intValue).toArray();
  }
}
