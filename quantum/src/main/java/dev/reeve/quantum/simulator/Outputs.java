package dev.reeve.quantum.simulator;

import dev.reeve.base.Check;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.QuantumProblems;
import java.util.BitSet;
import java.util.List;

/// What a run finds out beside its counts.
///
/// @param probabilities the exact distribution
/// @param memory the outcome of every shot, in the order of the shots
/// @param amplitudeQubitsMax the final amplitudes of a circuit of so many qubits at most; 0 for
///   none at all
/// @param observables those whose means are asked for; each qubit is looked at before a measurement
///   that comes last on it
public record Outputs(
    boolean probabilities, boolean memory, int amplitudeQubitsMax, List<PauliSum> observables) {
  /// Counts alone.
  public static final Outputs COUNTS = new Outputs(false, false, 0, List.of());

  /// Most characters of the outcomes of all shots together.
  public static final int MEMORY_BYTES_MAX = 1 << 20;

  /// Most observables of one run.
  public static final int OBSERVABLES_MAX = 64;

  public Outputs {
    observables = List.copyOf(observables);
    Check.argument(
        observables.size() <= OBSERVABLES_MAX,
        "observables: %d (expected: at most %d)",
        observables.size(),
        OBSERVABLES_MAX);
    Check.argument(
        amplitudeQubitsMax >= 0, "amplitudeQubitsMax: %d (expected: >= 0)", amplitudeQubitsMax);
  }

  /// The same with the exact distribution.
  public Outputs withProbabilities() {
    return new Outputs(true, memory, amplitudeQubitsMax, observables);
  }

  /// The same without it.
  Outputs withoutProbabilities() {
    return new Outputs(false, memory, amplitudeQubitsMax, observables);
  }

  /// The same with the outcome of every shot.
  public Outputs withMemory() {
    return new Outputs(probabilities, true, amplitudeQubitsMax, observables);
  }

  /// The same with the final amplitudes.
  ///
  /// @param qubitsMax wider circuits are refused
  public Outputs withAmplitudes(int qubitsMax) {
    return new Outputs(probabilities, memory, qubitsMax, observables);
  }

  /// The same with the means of these.
  public Outputs withObservables(List<PauliSum> sums) {
    return new Outputs(probabilities, memory, amplitudeQubitsMax, sums);
  }

  /// Whether the final amplitudes are asked for.
  public boolean amplitudes() {
    return amplitudeQubitsMax > 0;
  }

  /// Qubits that have to be simulated although no gate may touch them.
  ///
  /// @throws dev.reeve.base.ProblemException `OBSERVABLE_INVALID` when the circuit lacks one,
  ///   `SIMULATION_OUTCOMES_EXCEEDED` when it is too wide for its amplitudes
  BitSet qubits(Circuit circuit) {
    BitSet looked = new BitSet();
    for (PauliSum observable : observables) {
      if (observable.qubits() > circuit.qubits()) {
        throw QuantumProblems.OBSERVABLE_INVALID
            .because(
                "observable: qubit %d (expected: below %d)"
                    .formatted(observable.qubits() - 1, circuit.qubits()))
            .toException();
      }
      observable.terms().forEach(term -> looked.or(term.product().support()));
    }
    if (amplitudes()) {
      if (circuit.qubits() > amplitudeQubitsMax) {
        throw QuantumProblems.SIMULATION_OUTCOMES_EXCEEDED
            .because(
                "statevector: %d qubits (expected: at most %d)"
                    .formatted(circuit.qubits(), amplitudeQubitsMax))
            .toException();
      }
      looked.set(0, circuit.qubits());
    }
    return looked;
  }

  /// @param width characters of an outcome
  /// @throws dev.reeve.base.ProblemException `SIMULATION_OUTCOMES_EXCEEDED`
  void requireMemory(int shots, int width) {
    if (memory && (long) shots * (width + 3) > MEMORY_BYTES_MAX) {
      throw QuantumProblems.SIMULATION_OUTCOMES_EXCEEDED
          .because(
              "memory: %d shots of %d bits (expected: at most %d shots of so many bits)"
                  .formatted(shots, width, MEMORY_BYTES_MAX / (width + 3)))
          .toException();
    }
  }
}
