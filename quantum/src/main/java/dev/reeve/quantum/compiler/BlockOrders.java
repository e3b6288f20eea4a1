package dev.reeve.quantum.compiler;

import dev.reeve.quantum.Operation;
import java.util.List;

/// The blocks of a circuit and their order, forwards and backwards.
record BlockOrders(PairGates gates, PairOrder forth, PairOrder back) {
  /// @param qubits of the device
  /// @param commuting whether the order of what commutes is left open
  static BlockOrders of(List<Operation> operations, int qubits, boolean commuting) {
    PairGates gates = PairGates.of(operations, qubits, commuting);
    return new BlockOrders(gates, PairOrder.forth(gates, qubits), PairOrder.back(gates, qubits));
  }
}
