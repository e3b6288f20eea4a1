package dev.reeve.quantum.simulator;

import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.ProgressListener;
import dev.reeve.quantum.QuantumProblems;
import java.util.SortedMap;
import java.util.TreeMap;

/// Runs a circuit by the method that suits it, or by the one that was asked for. Immutable; runs on
/// the calling thread, and any number of runs may go on at once.
public final class CircuitSimulator {
  /// Up to so many qubits all amplitudes are had faster than a tableau of each shot with feedback.
  private static final int ALWAYS_DENSE_QUBITS = 10;

  /// Up to so many qubits a density matrix costs less than many noisy shots.
  private static final int DENSITY_QUBITS = 8;

  private final Workers workers;
  private final StateVectorSimulator dense;
  private final StateVectorSimulator single;
  private final StabilizerSimulator stabilizer = new StabilizerSimulator();

  /// A simulator on the calling thread alone.
  public CircuitSimulator() {
    this(Workers.NONE);
  }

  /// A simulator that these threads help.
  public CircuitSimulator(Workers workers) {
    this.workers = workers;
    this.dense = new StateVectorSimulator(BlockedStateVector.factory(workers));
    this.single = new StateVectorSimulator(SingleStateVector.factory(workers));
  }

  /// The threads that help it.
  public Workers workers() {
    return workers;
  }

  /// A method and why it is the one.
  ///
  /// @param method never `AUTO`
  /// @param reason a sentence for people
  public record Choice(SimulationMethod method, String reason) {
    /// Both together, for people.
    public String sentence() {
      return method.word() + " because " + reason;
    }
  }

  /// How a circuit is to be run.
  public Choice choose(Circuit circuit, SimulationMethod asked, RunOptions options) {
    if (asked != SimulationMethod.AUTO && asked != SimulationMethod.STATEVECTOR) {
      return new Choice(asked, "it was asked for");
    }
    NoiseModel noise = options.noise();
    int qubits = Planner.qubitsNeeded(Measured.of(circuit).circuit(), options);
    if (asked == SimulationMethod.STATEVECTOR) {
      return vector("it was asked for", qubits, options);
    }
    if (options.outputs().amplitudes()) {
      return vector("amplitudes were asked for", qubits, options);
    }
    if (options.precision() == Precision.SINGLE && !(options.probabilities() && !noise.isNone())) {
      return vector("only a state vector has single precision", qubits, options);
    }
    if (options.probabilities()) {
      if (noise.isNone() && ExactOutcomes.suitsMixture(Measured.of(circuit).circuit(), options)) {
        return new Choice(
            SimulationMethod.DENSITY_MATRIX, "outcomes are lost on the way of a small circuit");
      }
      return noise.isNone()
          ? vector("probabilities need all amplitudes", qubits, options)
          : new Choice(
              SimulationMethod.DENSITY_MATRIX, "probabilities under noise need a density matrix");
    }
    if (noise.actsOnStates() && qubits <= DENSITY_QUBITS) {
      return new Choice(SimulationMethod.DENSITY_MATRIX, "the circuit is small and noisy");
    }
    if (noise.isNone() && qubits <= ALWAYS_DENSE_QUBITS) {
      return vector("the circuit is small", qubits, options);
    }
    if (noise.isPauli() && StabilizerSimulator.canRun(circuit)) {
      return new Choice(SimulationMethod.STABILIZER, "every gate is a Clifford gate");
    }
    String why =
        noise.isPauli()
            ? "some gates are no Clifford gates"
            : "damping and waiting are no Pauli noise";
    return vectors(qubits, options).fits(qubits, options.memoryBytesMax())
        ? vector(why, qubits, options)
        : new Choice(
            SimulationMethod.MATRIX_PRODUCT_STATE,
            "%s, and %d qubits are too many for a state vector".formatted(why, qubits));
  }

  /// Floats that were asked for are not left out in silence.
  private static void requirePrecision(Choice choice, RunOptions options) {
    if (options.precision() == Precision.SINGLE
        && choice.method() != SimulationMethod.AUTO
        && choice.method() != SimulationMethod.STATEVECTOR) {
      throw QuantumProblems.SIMULATION_METHOD_UNSUITABLE
          .because(
              "precision: single has the method statevector alone, not %s because %s"
                      .formatted(choice.method().word(), choice.reason())
                  + " (expected: double or auto)")
          .toException();
    }
  }

  private Choice vector(String why, int qubits, RunOptions options) {
    String narrow =
        options.precision() == Precision.AUTO && isSingle(qubits, options)
            ? ", in single precision because only that fits into %d bytes for %d qubits"
                .formatted(options.memoryBytesMax(), qubits)
            : "";
    return new Choice(SimulationMethod.STATEVECTOR, why + narrow);
  }

  /// Floats where they are asked for, and where only these fit.
  private boolean isSingle(int qubits, RunOptions options) {
    return switch (options.precision()) {
      case DOUBLE -> false;
      case SINGLE -> true;
      case AUTO ->
          !dense.fits(qubits, options.memoryBytesMax())
              && single.fits(qubits, options.memoryBytesMax());
    };
  }

  private StateVectorSimulator vectors(int qubits, RunOptions options) {
    return isSingle(qubits, options) ? single : dense;
  }

  private SimulationResult vector(
      Circuit circuit, RunOptions options, CancelSignal cancel, ProgressListener listener) {
    int qubits = Planner.qubitsNeeded(Measured.of(circuit).circuit(), options);
    SimulationResult result = vectors(qubits, options).run(circuit, options, cancel, listener);
    if (!isSingle(qubits, options)) {
      return result;
    }
    SortedMap<String, String> facts = new TreeMap<>(result.more());
    facts.put("precision", Precision.SINGLE.word());
    return result.with(facts);
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
    requirePrecision(choice, options);
    return switch (choice.method()) {
      case AUTO ->
          run(circuit, choose(circuit, choice.method(), options), options, cancel, listener);
      case STATEVECTOR -> vector(circuit, options, cancel, listener);
      case STABILIZER -> stabilizer.run(circuit, options, cancel, listener);
      case MATRIX_PRODUCT_STATE ->
          TreeRun.run(circuit, ChainStates.of(circuit), options, cancel, listener);
      case DENSITY_MATRIX ->
          TreeRun.run(circuit, DenseStates.DENSITY_MATRIX, options, cancel, listener);
    };
  }
}
