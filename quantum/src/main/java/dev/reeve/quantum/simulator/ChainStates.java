package dev.reeve.quantum.simulator;

/// Matrix product states whose bonds are as wide as the memory of a run allows.
final class ChainStates implements ShotStates {
  /// Wider bonds would need minutes for a gate.
  private static final int RANK_MAX = 256;

  private static final int RANK_MIN = 2;

  /// Two numbers of eight bytes for each of two values of a qubit.
  private static final long CELL_BYTES = 32;

  /// Work space, counted in tensors.
  private static final int WORK_TENSORS = 40;

  @Override
  public SimulationMethod method() {
    return SimulationMethod.MATRIX_PRODUCT_STATE;
  }

  @Override
  public Planner.Kind kind() {
    return Planner.Kind.MATRIX_PRODUCT;
  }

  @Override
  public void requireRoom(int qubits, RunOptions options) {
    options.requireMemory(bytes(qubits, RANK_MIN), qubits);
  }

  @Override
  public long bytes(int qubits, RunOptions options) {
    return bytes(qubits, rank(qubits, options));
  }

  private static long bytes(int qubits, int rank) {
    return (qubits + (long) WORK_TENSORS) * CELL_BYTES * rank * rank;
  }

  private static int rank(int qubits, RunOptions options) {
    int rank = qubits / 2 < 8 ? Math.max(RANK_MIN, 1 << (qubits / 2)) : RANK_MAX;
    while (rank > RANK_MIN && bytes(qubits, rank) > options.memoryBytesMax()) {
      rank--;
    }
    return rank;
  }

  @Override
  public ShotState zero(int qubits, RunOptions options, Checkpoint checkpoint) {
    return new MatrixProductState(qubits, rank(qubits, options), checkpoint);
  }
}
