package dev.reeve.quantum.simulator;

/// Makes state vectors: plain arrays here, off-heap memory and vector instructions elsewhere.
public interface StateVectorFactory {
  /// Most qubits a vector of this kind can have, whatever the memory.
  int qubitsMax();

  /// Bytes that a vector of so many qubits takes; [Long#MAX_VALUE] when it cannot be said.
  default long bytes(int qubits) {
    return qubits > 58 ? Long.MAX_VALUE : 16L << qubits;
  }

  /// All qubits in the zero state.
  ///
  /// @throws OutOfMemoryError when there is no room
  StateVector zeroState(int qubits, Checkpoint checkpoint);
}
