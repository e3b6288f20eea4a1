package dev.reeve.quantum.simulator;

import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import java.util.List;

/// Matrix product states whose bonds are as wide as the memory of a run allows.
///
/// @param widest qubits of the widest gate, which needs a tensor of as many for itself
record ChainStates(int widest) implements ShotStates {
  /// Wider bonds would need minutes for a gate.
  private static final int RANK_MAX = 256;

  private static final int RANK_MIN = 2;

  /// Two numbers of eight bytes for each of two values of a qubit.
  private static final long CELL_BYTES = 32;

  /// Work space, counted in tensors.
  private static final int WORK_TENSORS = 40;

  /// A gate works on the tensor of its qubits, beside it and beside what is cut off it again.
  private static final int BLOCKS = 3;

  /// For the gates of a circuit.
  static ChainStates of(Circuit circuit) {
    return new ChainStates(widest(circuit.operations()));
  }

  private static int widest(List<Operation> operations) {
    int widest = 1;
    for (Operation operation : operations) {
      int here =
          switch (operation) {
            case GateOperation gate -> gate.qubitCount();
            case Operation.If branch -> Math.max(widest(branch.then()), widest(branch.otherwise()));
            case Operation.While loop -> widest(loop.body());
            case Operation.Quantum _, Operation.AssignBits _, Operation.AssignVariable _ -> 0;
          };
      widest = Math.max(widest, Math.min(here, WholeMatrix.QUBITS_MAX));
    }
    return widest;
  }

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

  private long bytes(int qubits, int rank) {
    long block = BLOCKS * ((CELL_BYTES / 2) << widest);
    long cells = qubits * CELL_BYTES + Math.max(WORK_TENSORS * CELL_BYTES, block);
    return cells * rank * rank;
  }

  private int rank(int qubits, RunOptions options) {
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
