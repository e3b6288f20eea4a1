package dev.reeve.quantum.simulator;

import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.ProgressListener;
import dev.reeve.quantum.QuantumProblems;

/// Simulates a circuit exactly, with all amplitudes in memory. Immutable; runs on the calling
/// thread, and any number of runs may go on at once.
public final class StateVectorSimulator {
  /// What results say about how they were found.
  public static final String METHOD = "statevector";

  private final StateVectorFactory factory;
  private final DenseStates states;

  /// A simulator on the calling thread alone.
  public StateVectorSimulator() {
    this(BlockedStateVector.factory(Workers.NONE));
  }

  /// A simulator on another kind of state vector.
  public StateVectorSimulator(StateVectorFactory factory) {
    this.factory = factory;
    this.states = DenseStates.vectors(factory);
  }

  /// Bytes of amplitudes that running this circuit needs at least.
  public long memoryBytes(Circuit circuit) {
    return factory.bytes(
        Planner.qubitsNeeded(Measured.of(circuit).circuit(), RunOptions.of(1, 0, 0)));
  }

  /// Whether so many qubits fit this memory.
  boolean fits(int qubits, long memoryBytesMax) {
    return qubits <= factory.qubitsMax() && factory.bytes(qubits) <= memoryBytesMax;
  }

  /// Runs a circuit. A program that writes no classical bit is measured whole at the end, qubit `i`
  /// to classical index `i`.
  ///
  /// @throws dev.reeve.base.ProblemException `SIMULATION_...` for a run that is refused, goes over
  ///   a bound or is cancelled
  public SimulationResult run(
      Circuit circuit, RunOptions options, CancelSignal cancel, ProgressListener listener) {
    return TreeRun.run(circuit, states, options, cancel, listener);
  }

  /// The final amplitudes of a circuit of gates alone; qubit `q` of the circuit is bit `q` of an
  /// index. The caller closes what it gets.
  ///
  /// @throws dev.reeve.base.ProblemException `SIMULATION_...` as [#run], and for any operation that
  ///   is not a gate or a barrier
  public StateVector evolve(Circuit circuit, long memoryBytesMax, CancelSignal cancel) {
    for (Operation operation : circuit.operations()) {
      if (!(operation instanceof GateOperation
          || operation instanceof Operation.Barrier
          || operation instanceof Operation.Delay)) {
        throw QuantumProblems.SIMULATION_NOT_UNITARY
            .because("circuit: measures, resets or decides (expected: gates and barriers only)")
            .toException();
      }
    }
    states.requireRoom(circuit.qubits(), memoryBytesMax);
    Checkpoint checkpoint = Checkpoint.of(cancel);
    Plan plan = Plan.ofAllQubits(circuit);
    StateVector vector = Allocation.zeroState(factory, plan.qubits(), checkpoint);
    boolean done = false;
    try {
      for (Step step : plan.steps()) {
        checkpoint.pass();
        if (step instanceof Step.Kernel kernel) {
          kernel.run(vector);
        }
      }
      done = true;
      return vector;
    } finally {
      if (!done) {
        vector.close();
      }
    }
  }
}
