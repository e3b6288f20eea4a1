package dev.reeve.quantum.simulator;

import dev.reeve.quantum.QuantumProblems;
import org.jspecify.annotations.Nullable;

/// Asks for the memory of a state vector. Failing to get one large block leaves the rest of the
/// process unharmed, so it is a refusal and not the end.
final class Allocation {
  private Allocation() {}

  static StateVector zeroState(StateVectorFactory factory, int qubits, Checkpoint checkpoint) {
    try {
      return factory.zeroState(qubits, checkpoint);
    } catch (OutOfMemoryError e) {
      throw QuantumProblems.SIMULATION_MEMORY_EXCEEDED
          .because(
              "memory: %d bytes for %d qubits are not free now"
                  .formatted(factory.bytes(qubits), qubits))
          .withDetail(String.valueOf(e.getMessage()))
          .toException();
    }
  }

  static @Nullable StateVector copyOrNull(StateVector vector) {
    try {
      return vector.copy();
    } catch (OutOfMemoryError _) {
      return null;
    }
  }
}
