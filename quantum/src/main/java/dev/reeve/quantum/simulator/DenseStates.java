package dev.reeve.quantum.simulator;

import dev.reeve.quantum.QuantumProblems;

/// State vectors and density matrices.
///
/// @param factory makes them
record DenseStates(SimulationMethod method, Planner.Kind kind, StateVectorFactory factory)
    implements ShotStates {
  static final DenseStates DENSITY_MATRIX =
      new DenseStates(
          SimulationMethod.DENSITY_MATRIX, Planner.Kind.DENSITY_MATRIX, DensityMatrix.FACTORY);

  static DenseStates vectors(StateVectorFactory factory) {
    return new DenseStates(SimulationMethod.STATEVECTOR, Planner.Kind.STATE_VECTOR, factory);
  }

  @Override
  public long bytes(int qubits, RunOptions options) {
    return factory.bytes(qubits);
  }

  @Override
  public void requireRoom(int qubits, RunOptions options) {
    requireRoom(qubits, options.memoryBytesMax());
  }

  void requireRoom(int qubits, long memoryBytesMax) {
    long need = factory.bytes(qubits);
    if (need <= memoryBytesMax && qubits <= factory.qubitsMax()) {
      return;
    }
    boolean countable = need < Long.MAX_VALUE;
    int exponent = method == SimulationMethod.DENSITY_MATRIX ? 2 * qubits : qubits;
    String needed = countable ? Long.toString(need) : factory.bytes(0) + " x 2^" + exponent;
    String limit =
        need <= memoryBytesMax
            ? "at most %d qubits".formatted(factory.qubitsMax())
            : "at most %d bytes".formatted(memoryBytesMax);
    throw QuantumProblems.SIMULATION_MEMORY_EXCEEDED
        .because("memory: %s bytes for %d qubits (expected: %s)".formatted(needed, qubits, limit))
        .with("need_bytes", needed)
        .with("limit_bytes", Long.toString(memoryBytesMax))
        .with("qubits", Integer.toString(qubits))
        .toException();
  }

  @Override
  public ShotState zero(int qubits, RunOptions options, Checkpoint checkpoint) {
    return new VectorState(Allocation.zeroState(factory, qubits, checkpoint), checkpoint);
  }
}
