package dev.reeve.quantum.compiler;

import dev.reeve.quantum.Operation;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/// Each qubit's operations in order, and how far it has got.
final class Wires {
  private final List<Operation> operations;
  private final int[][] wires;
  private final int[] position;

  Wires(List<Operation> operations, int qubits) {
    this.operations = operations;
    this.position = new int[qubits];
    this.wires = of(operations, qubits);
  }

  /// The places in the circuit of each qubit's operations, in order.
  static int[][] of(List<Operation> operations, int qubits) {
    int[] lengths = new int[qubits];
    for (Operation operation : operations) {
      Qubits.each(operation, (_, qubit) -> lengths[qubit]++);
    }
    int[][] wires = new int[qubits][];
    Arrays.setAll(wires, qubit -> new int[lengths[qubit]]);
    Arrays.fill(lengths, 0);
    for (int i = 0; i < operations.size(); i++) {
      int index = i;
      Qubits.each(operations.get(i), (_, qubit) -> wires[qubit][lengths[qubit]++] = index);
    }
    return wires;
  }

  /// Hands out what comes on a qubit before an operation.
  ///
  /// @param index of that operation in the circuit
  void before(int qubit, int index, Consumer<Operation> taker) {
    int[] wire = wires[qubit];
    while (position[qubit] < wire.length && wire[position[qubit]] < index) {
      taker.accept(operations.get(wire[position[qubit]++]));
    }
  }

  /// The operation that comes next on its qubits has been carried out.
  void passed(Operation operation) {
    Qubits.each(operation, (_, qubit) -> position[qubit]++);
  }
}
