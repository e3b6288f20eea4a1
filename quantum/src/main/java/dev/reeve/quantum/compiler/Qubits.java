package dev.reeve.quantum.compiler;

import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;

/// The qubits that an operation of a circuit without decisions acts on.
final class Qubits {
  private Qubits() {}

  /// Takes a qubit and its position in the operation.
  @FunctionalInterface
  interface Visitor {
    void visit(int position, int qubit);
  }

  static int count(Operation operation) {
    return switch (operation) {
      case GateOperation gate -> gate.qubitCount();
      case Operation.Measure _, Operation.Reset _, Operation.Delay _ -> 1;
      case Operation.Barrier barrier -> barrier.qubits().size();
      case Operation.Classical classical -> throw decision(classical);
    };
  }

  static void each(Operation operation, Visitor visitor) {
    switch (operation) {
      case GateOperation gate -> {
        for (int i = 0; i < gate.qubitCount(); i++) {
          visitor.visit(i, gate.qubit(i));
        }
      }
      case Operation.Measure measure -> visitor.visit(0, measure.qubit());
      case Operation.Delay delay -> visitor.visit(0, delay.qubit());
      case Operation.Reset reset -> visitor.visit(0, reset.qubit());
      case Operation.Barrier barrier -> {
        for (int i = 0; i < barrier.qubits().size(); i++) {
          visitor.visit(i, barrier.qubits().get(i));
        }
      }
      case Operation.Classical classical -> throw decision(classical);
    }
  }

  private static IllegalStateException decision(Operation.Classical classical) {
    return new IllegalStateException(classical + " in a circuit without decisions");
  }
}
