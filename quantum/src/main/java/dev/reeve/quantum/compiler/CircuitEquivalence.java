package dev.reeve.quantum.compiler;

import dev.reeve.base.ProblemException;
import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.ProgressListener;
import dev.reeve.quantum.ResultLayout;
import dev.reeve.quantum.simulator.RunOptions;
import dev.reeve.quantum.simulator.StateVectorSimulator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/// Whether two circuits do the same. Circuits of gates alone are compared as unitaries, qubit by
/// qubit in order, up to a phase of the whole. Programs with results are compared by the exact
/// distribution of these, whatever qubits they come from; where there is none to be had, stretch by
/// stretch between the decisions that both make.
public final class CircuitEquivalence {
  /// Most probability that may have gone to other outcomes.
  private static final double MOVED_MAX = 1e-8;

  private static final long MEMORY_BYTES_MAX = 1L << 26;
  private static final long SEED = 1;

  private CircuitEquivalence() {}

  /// What was found out about two circuits.
  public static Certificate compare(Circuit first, Circuit second) {
    Optional<List<GateOperation>> one = gates(first);
    Optional<List<GateOperation>> other = gates(second);
    if (one.isPresent() && other.isPresent()) {
      return UnitaryCheck.compare(one.get(), other.get(), SEED, new CheckBudget());
    }
    if (ResultLayout.of(first).width() != ResultLayout.of(second).width()) {
      return Certificate.of(false, Certificate.Method.DISTRIBUTION);
    }
    Optional<SortedMap<String, Double>> expected = distribution(first);
    Optional<SortedMap<String, Double>> found =
        expected.isEmpty() ? expected : distribution(second);
    return found
        .map(shares ->
            Certificate.of(
                areSame(expected.orElseThrow(), shares), Certificate.Method.DISTRIBUTION))
        .orElseGet(() -> RegionCheck.compare(first, second, SEED));
  }

  /// The gates of a circuit that has nothing else.
  private static Optional<List<GateOperation>> gates(Circuit circuit) {
    List<GateOperation> gates = new ArrayList<>();
    for (Operation operation : circuit.operations()) {
      if (operation instanceof GateOperation gate) {
        gates.add(gate);
      } else if (!(operation instanceof Operation.Barrier
          || operation instanceof Operation.Delay)) {
        return Optional.empty();
      }
    }
    return Optional.of(gates);
  }

  /// Empty when there is none to be had: the circuit is too wide, or measures before its end.
  private static Optional<SortedMap<String, Double>> distribution(Circuit circuit) {
    try {
      return new StateVectorSimulator()
          .run(
              circuit,
              RunOptions.of(1, SEED, MEMORY_BYTES_MAX).withProbabilities(),
              CancelSignal.NEVER,
              ProgressListener.NONE)
          .probabilities();
    } catch (ProblemException _) {
      return Optional.empty();
    }
  }

  private static boolean areSame(
      SortedMap<String, Double> expected, SortedMap<String, Double> found) {
    Set<String> outcomes = new HashSet<>(expected.keySet());
    outcomes.addAll(found.keySet());
    double apart = 0;
    for (String outcome : outcomes) {
      apart += Math.abs(expected.getOrDefault(outcome, 0.0) - found.getOrDefault(outcome, 0.0));
    }
    return apart / 2 < MOVED_MAX;
  }
}
