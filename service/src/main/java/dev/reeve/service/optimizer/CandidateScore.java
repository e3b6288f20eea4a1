package dev.reeve.service.optimizer;

import dev.reeve.quantum.CircuitMetrics;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.compiler.Certificate;
import dev.reeve.quantum.compiler.CompiledCircuit;
import java.util.Optional;

/// Scores candidates by figures that are the same for every qubit and pair: how often gates go
/// wrong and how long they take on devices of the kind that the graphs come from.
final class CandidateScore {
  /// What goes wrong with a one-qubit gate, a two-qubit gate, a measurement.
  private static final double ONE_QUBIT_ERROR = 0.0003;

  private static final double TWO_QUBIT_ERROR = 0.008;
  private static final double READOUT_ERROR = 0.012;

  /// Microseconds.
  private static final double TWO_QUBIT_TIME = 0.3;

  private static final double ONE_QUBIT_TIME = 0.035;
  private static final double COHERENCE_TIME = 100;

  private CandidateScore() {}

  /// @param source figures of the circuit before
  static MappingCandidate.Score of(
      CircuitMetrics source, CompiledCircuit compiled, double confidence, Objective objective) {
    double latency = StrictMath.exp(-micros(compiled) / COHERENCE_TIME);
    double fidelity = success(compiled);
    double resource =
        compiled.twoQubitGates() == 0
            ? 1
            : Math.min(1, (double) source.twoQubitGates() / compiled.twoQubitGates());
    double risk = 1 - confidence;
    double total =
        objective.latency() * latency
            + objective.fidelity() * fidelity
            + objective.resource() * resource
            - objective.risk() * risk;
    return new MappingCandidate.Score(Math.max(0, total), latency, fidelity, resource, risk);
  }

  /// How long the circuit takes, in microseconds.
  static double micros(CompiledCircuit compiled) {
    int others = Math.max(0, compiled.depth() - compiled.twoQubitDepth());
    return compiled.twoQubitDepth() * TWO_QUBIT_TIME + others * ONE_QUBIT_TIME;
  }

  /// The chance that nothing goes wrong.
  static double success(CompiledCircuit compiled) {
    int ones = 0;
    int twos = 0;
    int measured = 0;
    for (Operation operation : compiled.circuit().operations()) {
      if (operation instanceof GateOperation gate) {
        ones += gate.qubitCount() == 1 ? 1 : 0;
        twos += gate.qubitCount() == 2 ? 1 : 0;
      } else if (operation instanceof Operation.Measure) {
        measured++;
      }
    }
    return StrictMath.pow(1 - ONE_QUBIT_ERROR, ones)
        * StrictMath.pow(1 - TWO_QUBIT_ERROR, twos)
        * StrictMath.pow(1 - READOUT_ERROR, measured);
  }

  /// How sure a certificate makes; empty when it says that the circuits differ.
  static Optional<Double> confidence(Certificate certificate) {
    if (certificate.equivalent().isEmpty()) {
      return Optional.of(0.5);
    }
    if (!certificate.equivalent().get()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (certificate.method()) {
          case CLIFFORD_TABLEAU, WHOLE_UNITARY, DISTRIBUTION -> 1.0;
          case RANDOM_STIMULI -> 0.99;
          case NONE -> 0.5;
        });
  }
}
