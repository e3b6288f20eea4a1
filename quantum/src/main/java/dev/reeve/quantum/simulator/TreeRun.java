package dev.reeve.quantum.simulator;

import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.CircuitMetrics;
import dev.reeve.quantum.ProgressListener;
import dev.reeve.quantum.QuantumProblems;
import dev.reeve.quantum.SplitMix;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A run of a circuit as a [ShotTree] of states of one kind.
final class TreeRun {
  private TreeRun() {}

  static SimulationResult run(
      Circuit circuit,
      ShotStates states,
      RunOptions options,
      CancelSignal cancel,
      ProgressListener listener) {
    options.requireShots();
    Measured measured = Measured.of(circuit);
    states.requireRoom(Planner.qubitsNeeded(measured.circuit(), options), options);
    Checkpoint checkpoint = Checkpoint.of(cancel);
    checkpoint.pass();
    Plan plan = Plan.of(measured.circuit(), states.kind(), options);
    boolean branches = options.probabilities() && plan.branching();
    if (branches && (!states.isDense() || plan.draws(states.kind()))) {
      throw QuantumProblems.SIMULATION_PROBABILITIES_UNAVAILABLE
          .because(
              states.isDense()
                  ? "probabilities: noise is drawn (expected: density_matrix)"
                  : "probabilities: the circuit measures, resets or decides before its end"
                      + " (expected: statevector or density_matrix)")
          .toException();
    }
    if (options.outputs().amplitudes() && plan.branching()) {
      throw QuantumProblems.SIMULATION_NOT_UNITARY
          .because("statevector: the circuit measures, resets, decides or draws before its end")
          .toException();
    }
    options.outputs().requireMemory(options.shots(), plan.layout().width());
    SortedMap<String, String> facts = new TreeMap<>();
    Optional<SortedMap<String, Double>> exact = Optional.empty();
    if (branches) {
      ExactOutcomes outcomes =
          ExactOutcomes.of(plan, states, options, checkpoint, ExactOutcomes.WORK_MAX);
      exact = Optional.of(outcomes.probabilities());
      facts.put("branches", Integer.toString(outcomes.branches()));
      if (outcomes.weightLeftOut() > 0) {
        facts.put("probability_left_out", Double.toString(outcomes.weightLeftOut()));
      }
    }
    ShotTree tree =
        new ShotTree(
            plan,
            states,
            branches ? options.with(options.outputs().withoutProbabilities()) : options,
            checkpoint,
            new Progress(listener));
    tree.run();
    facts.putAll(facts(options.noise(), states.method(), tree.errorBound()));
    return new SimulationResult(
        tree.counts(),
        new SimulationResult.Found(
            branches ? exact : tree.probabilities(),
            memory(tree.counts(), options),
            tree.amplitudes(),
            tree.expectations()),
        options.shots(),
        options.seed(),
        states.method().word(),
        circuit.qubits(),
        plan.qubits(),
        CircuitMetrics.of(circuit),
        measured.added(),
        states.bytes(plan.qubits(), options),
        facts);
  }

  /// The outcome of every shot. Shots are independent of each other, so any order of them is as
  /// likely as the rest: one is drawn.
  static List<String> memory(Map<String, Long> counts, RunOptions options) {
    if (!options.outputs().memory()) {
      return List.of();
    }
    List<String> memory = new ArrayList<>(options.shots());
    counts.forEach(
        (outcome, times) -> memory.addAll(Collections.nCopies(times.intValue(), outcome)));
    SplitMix random = new SplitMix(~options.seed());
    for (int last = memory.size() - 1; last > 0; last--) {
      Collections.swap(memory, last, (int) (random.nextDouble() * (last + 1)));
    }
    return memory;
  }

  static SortedMap<String, String> facts(
      NoiseModel noise, SimulationMethod method, double errorBound) {
    SortedMap<String, String> facts = new TreeMap<>();
    if (!noise.isNone()) {
      facts.put("noise_model", noise.text());
    }
    if (method == SimulationMethod.MATRIX_PRODUCT_STATE) {
      facts.put("error_bound", Double.toString(errorBound));
    }
    return facts;
  }
}
