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

  /// Whether every gate, in regions too, is a Clifford gate, and all of them together are as near
  /// to these as [CliffordGates#ERROR_MAX] says.
  public static boolean canRun(Circuit circuit) {
    return error(circuit.operations(), 1) <= CliffordGates.ERROR_MAX;
  }

  /// How far the gates are from Clifford gates together, in radians; infinite when one is none.
  ///
  /// @param rounds how often they are done
  private static double error(List<Operation> operations, double rounds) {
    double sum = 0;
    for (Operation operation : operations) {
      sum +=
          switch (operation) {
            case GateOperation gate ->
                CliffordGates.of(gate)
                    .map(parts -> parts.error() * rounds)
                    .orElse(Double.POSITIVE_INFINITY);
            case Operation.If branch ->
                error(branch.then(), rounds) + error(branch.otherwise(), rounds);
            case Operation.While loop -> error(loop.body(), rounds * loop.iterationsMax());
            case Operation.Quantum _, Operation.AssignBits _, Operation.AssignVariable _ -> 0;
          };
      if (sum > CliffordGates.ERROR_MAX) {
        return sum;
      }
    }
    return sum;
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
    if (!canRun(measured.circuit())) {
      throw QuantumProblems.SIMULATION_METHOD_UNSUITABLE
          .because(
              "method: stabilizer, but small angles add up to gates that are no Clifford gates"
                  + " (expected: at most %s radians together)".formatted(CliffordGates.ERROR_MAX))
          .toException();
    }
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
