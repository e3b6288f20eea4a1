package dev.reeve.service.optimizer;

import dev.reeve.quantum.CircuitMetrics;
import dev.reeve.quantum.compiler.Calibration;
import dev.reeve.quantum.compiler.Certificate;
import dev.reeve.quantum.compiler.CompiledCircuit;
import dev.reeve.quantum.compiler.QubitCalibration;
import java.util.Optional;

/// Scores candidates by the figures of the device: how often gates go wrong, how long they take,
/// and for how long a qubit keeps what it holds.
final class CandidateScore {
  private static final double NANOS_PER_MICRO = 1_000;

  private CandidateScore() {}

  /// @param source figures of the circuit before
  static MappingCandidate.Score of(
      CircuitMetrics source,
      CompiledCircuit compiled,
      double confidence,
      Objective objective,
      Calibration calibration) {
    double kept =
        calibration.qubits().stream().mapToDouble(QubitCalibration::t2Nanos).average().orElse(1);
    double latency = StrictMath.exp(-compiled.schedule().nanos() / kept);
    double fidelity = compiled.success();
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
    return compiled.schedule().nanos() / NANOS_PER_MICRO;
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
          case CLIFFORD_TABLEAU, WHOLE_UNITARY, DISTRIBUTION, FINAL_STATES -> 1.0;
          case RANDOM_STIMULI -> 0.99;
          case NONE -> 0.5;
        });
  }
}
