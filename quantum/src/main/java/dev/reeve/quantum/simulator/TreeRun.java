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
    if (options.probabilities() && plan.branching()) {
      throw QuantumProblems.SIMULATION_PROBABILITIES_UNAVAILABLE
          .because(
              options.noise().isNone()
                  ? "probabilities: the circuit measures or resets before its end (expected: last)"
                  : "probabilities: noise is drawn (expected: density_matrix)")
          .toException();
    }
    if (options.outputs().amplitudes() && plan.branching()) {
      throw QuantumProblems.SIMULATION_NOT_UNITARY
          .because("statevector: the circuit measures, resets, decides or draws before its end")
          .toException();
    }
    options.outputs().requireMemory(options.shots(), plan.layout().width());
    ShotTree tree = new ShotTree(plan, states, options, checkpoint, new Progress(listener));
    tree.run();
    return new SimulationResult(
        tree.counts(),
        new SimulationResult.Found(
            tree.probabilities(),
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
        facts(options.noise(), states.method(), tree.errorBound()));
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
