package dev.reeve.quantum.simulator;

import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.ProgressListener;

/// Runs a circuit by the method that suits it, or by the one that was asked for. Immutable; runs on
/// the calling thread, and any number of runs may go on at once.
public final class CircuitSimulator {
  /// Up to so many qubits all amplitudes are had faster than a tableau of each shot with feedback.
  private static final int ALWAYS_DENSE_QUBITS = 10;

  private final StateVectorSimulator dense = new StateVectorSimulator();
  private final StabilizerSimulator stabilizer = new StabilizerSimulator();

  /// A method and why it is the one.
  ///
  /// @param method never `AUTO`
  /// @param reason a sentence for people
  public record Choice(SimulationMethod method, String reason) {}

  /// How a circuit is to be run.
  public Choice choose(Circuit circuit, SimulationMethod asked, RunOptions options) {
    if (asked != SimulationMethod.AUTO) {
      return new Choice(asked, "it was asked for");
    }
    int qubits = Planner.qubitsNeeded(Measured.of(circuit).circuit());
    if (qubits <= ALWAYS_DENSE_QUBITS) {
      return new Choice(SimulationMethod.STATEVECTOR, "the circuit is small");
    }
    if (options.probabilities()) {
      return new Choice(SimulationMethod.STATEVECTOR, "probabilities need all amplitudes");
    }
    return StabilizerSimulator.canRun(circuit)
        ? new Choice(SimulationMethod.STABILIZER, "every gate is a Clifford gate")
        : new Choice(SimulationMethod.STATEVECTOR, "some gates are no Clifford gates");
  }

  /// Runs a circuit, see [StateVectorSimulator#run].
  ///
  /// @throws dev.reeve.base.ProblemException `SIMULATION_...` for a run that is refused, goes over
  ///   a bound or is cancelled
  public SimulationResult run(
      Circuit circuit,
      Choice choice,
      RunOptions options,
      CancelSignal cancel,
      ProgressListener listener) {
    return switch (choice.method()) {
      case AUTO ->
          run(circuit, choose(circuit, choice.method(), options), options, cancel, listener);
      case STATEVECTOR -> dense.run(circuit, options, cancel, listener);
      case STABILIZER -> stabilizer.run(circuit, options, cancel, listener);
    };
  }
}
