package dev.reeve.quantum.simulator;

import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.ResultLayout;
import java.util.List;

/// A circuit made ready to run: only the qubits that gates touch, regions turned into jumps, and
/// the measurements that can wait moved to the end.
///
/// @param qubits qubits the state vector needs
/// @param steps the body
/// @param tail measurements made once the body is done, in order; they disturb nothing any more
/// @param branching whether the body draws or jumps, so that shots may differ before the tail
/// @param bits size of classical memory
/// @param variables number of variables
/// @param loops number of loops that count rounds
/// @param layout where results are read
/// @param observables those of the run, on the qubits of the plan
/// @param noise what goes wrong; its channels are steps of the body already
/// @param readouts how each qubit is misread
record Plan(
    int qubits,
    List<Step> steps,
    List<Step.Measure> tail,
    boolean branching,
    int bits,
    int variables,
    int loops,
    ResultLayout layout,
    List<PauliSum> observables,
    NoiseModel noise,
    List<Readout> readouts) {
  Plan {
    steps = List.copyOf(steps);
    tail = List.copyOf(tail);
    observables = List.copyOf(observables);
    readouts = List.copyOf(readouts);
  }

  static Plan of(Circuit circuit, Planner.Kind kind, RunOptions options) {
    return new Planner(circuit, kind, options.noise(), options.outputs()).plan();
  }

  /// A plan in which every qubit of the circuit keeps its number.
  static Plan ofAllQubits(Circuit circuit) {
    return new Planner(
            circuit,
            Planner.Kind.STATE_VECTOR,
            NoiseModel.NONE,
            Outputs.COUNTS.withAmplitudes(Integer.MAX_VALUE))
        .plan();
  }

  /// A plan for a stabilizer state.
  ///
  /// @throws dev.reeve.base.ProblemException `SIMULATION_METHOD_UNSUITABLE` for any gate that is no
  ///   Clifford gate
  static Plan ofClifford(Circuit circuit, RunOptions options) {
    return of(circuit, Planner.Kind.STABILIZER, options);
  }

  /// Whether this kind of state has to draw what goes wrong with it.
  boolean draws(Planner.Kind kind) {
    return kind != Planner.Kind.DENSITY_MATRIX
        && steps.stream().anyMatch(Step.Noise.class::isInstance);
  }

  ClassicalMemory newMemory() {
    return new ClassicalMemory(bits, variables, loops);
  }
}
