package dev.reeve.quantum.simulator;

import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.CircuitMetrics;
import dev.reeve.quantum.ProgressListener;
import dev.reeve.quantum.QuantumProblems;
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
    states.requireRoom(Planner.qubitsNeeded(measured.circuit(), options.noise()), options);
    Checkpoint checkpoint = Checkpoint.of(cancel);
    checkpoint.pass();
    Plan plan = Plan.of(measured.circuit(), states.kind(), options.noise());
    if (options.probabilities() && plan.branching()) {
      throw QuantumProblems.SIMULATION_PROBABILITIES_UNAVAILABLE
          .because(
              options.noise().isNone()
                  ? "probabilities: the circuit measures or resets before its end (expected: last)"
                  : "probabilities: noise is drawn (expected: density_matrix)")
          .toException();
    }
    ShotTree tree = new ShotTree(plan, states, options, checkpoint, new Progress(listener));
    tree.run();
    return new SimulationResult(
        tree.counts(),
        tree.probabilities(),
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
