package dev.reeve.quantum.simulator;

import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.CircuitMetrics;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.ProgressListener;
import dev.reeve.quantum.QuantumProblems;
import dev.reeve.quantum.clifford.CliffordGates;
import dev.reeve.quantum.clifford.Tableau;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// Simulates circuits of Clifford gates, measurements, resets and feedback exactly, thousands of
/// qubits wide. Immutable; runs on the calling thread, and any number of runs may go on at once.
public final class StabilizerSimulator {
  /// What results say about how they were found.
  public static final String METHOD = "stabilizer";

  /// Whether every gate, in regions too, is a Clifford gate.
  public static boolean canRun(Circuit circuit) {
    return areClifford(circuit.operations());
  }

  private static boolean areClifford(List<Operation> operations) {
    for (Operation operation : operations) {
      boolean fits =
          switch (operation) {
            case GateOperation gate -> CliffordGates.of(gate).isPresent();
            case Operation.If branch ->
                areClifford(branch.then()) && areClifford(branch.otherwise());
            case Operation.While loop -> areClifford(loop.body());
            case Operation.Quantum _, Operation.AssignBits _, Operation.AssignVariable _ -> true;
          };
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  /// Runs a circuit, see [StateVectorSimulator#run].
  ///
  /// @throws dev.reeve.base.ProblemException `SIMULATION_...` for a run that is refused, goes over
  ///   a bound or is cancelled
  public SimulationResult run(
      Circuit circuit, RunOptions options, CancelSignal cancel, ProgressListener listener) {
    options.requireShots();
    requireOutputs(options.outputs());
    Measured measured = Measured.of(circuit);
    if (!options.noise().isPauli()) {
      throw QuantumProblems.SIMULATION_METHOD_UNSUITABLE
          .because("method: stabilizer, but damping is no Pauli noise (expected: another method)")
          .toException();
    }
    int qubits = Planner.qubitsNeeded(measured.circuit(), options);
    long bytes = Tableau.bytes(qubits);
    options.requireMemory(bytes, qubits);
    Checkpoint checkpoint = Checkpoint.of(cancel);
    Plan plan = Plan.ofClifford(measured.circuit(), options);
    options.outputs().requireMemory(options.shots(), plan.layout().width());
    StabilizerShots shots = new StabilizerShots(plan, options, checkpoint, new Progress(listener));
    SortedMap<String, Long> counts = shots.run();
    return new SimulationResult(
        counts,
        new SimulationResult.Found(
            Optional.empty(),
            TreeRun.memory(counts, options),
            Optional.empty(),
            shots.expectations()),
        options.shots(),
        options.seed(),
        METHOD,
        circuit.qubits(),
        plan.qubits(),
        CircuitMetrics.of(circuit),
        measured.added(),
        bytes,
        TreeRun.facts(options.noise(), SimulationMethod.STABILIZER, 0));
  }

  private static void requireOutputs(Outputs outputs) {
    if (outputs.probabilities() || outputs.amplitudes()) {
      throw QuantumProblems.SIMULATION_METHOD_UNSUITABLE
          .because(
              "method: stabilizer gives counts and means (expected: statevector for %s)"
                  .formatted(outputs.probabilities() ? "probabilities" : "amplitudes"))
          .toException();
    }
  }
}
