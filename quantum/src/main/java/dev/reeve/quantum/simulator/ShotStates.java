package dev.reeve.quantum.simulator;

/// Makes states of one kind.
interface ShotStates {
  /// What results say about how they were found.
  SimulationMethod method();

  /// What its steps are.
  Planner.Kind kind();

  /// Whether they know the probability of every basis state.
  default boolean isDense() {
    return kind() == Planner.Kind.STATE_VECTOR || kind() == Planner.Kind.DENSITY_MATRIX;
  }

  /// @throws dev.reeve.base.ProblemException `SIMULATION_MEMORY_EXCEEDED` with the figure
  void requireRoom(int qubits, RunOptions options);

  /// Most bytes that one state of so many qubits takes in this run.
  long bytes(int qubits, RunOptions options);

  /// All qubits zero.
  ///
  /// @throws dev.reeve.base.ProblemException `SIMULATION_MEMORY_EXCEEDED`
  ShotState zero(int qubits, RunOptions options, Checkpoint checkpoint);
}
