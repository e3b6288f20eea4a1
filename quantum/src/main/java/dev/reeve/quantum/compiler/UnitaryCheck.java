package dev.reeve.quantum.compiler;

import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.SplitMix;
import dev.reeve.quantum.clifford.CliffordGates;
import dev.reeve.quantum.clifford.Tableau;
import dev.reeve.quantum.simulator.StateVector;
import dev.reeve.quantum.simulator.StateVectorSimulator;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/// Compares two sequences of gates on the same qubits, up to a phase of the whole: the same is what
/// differs by less than a turn that only rounding makes.
final class UnitaryCheck {
  private static final int WHOLE_QUBITS_MAX = 9;
  private static final int STIMULI_QUBITS_MAX = 20;
  private static final int STIMULI = 6;

  /// How far one may be turned away from the other, in radians.
  private static final double ANGLE_MAX = 1e-5;

  /// What such an angle takes from an overlap.
  private static final double LOSS_MAX = ANGLE_MAX * ANGLE_MAX / 2;

  private static final long MEMORY_BYTES_MAX = 1L << 26;

  private final StateVectorSimulator simulator = new StateVectorSimulator();
  private final List<GateOperation> first;
  private final List<GateOperation> second;
  private final int qubits;

  /// Qubits that neither touches are left out: they are the same in both.
  private UnitaryCheck(List<GateOperation> first, List<GateOperation> second) {
    BitSet touched = new BitSet();
    for (List<GateOperation> gates : List.of(first, second)) {
      for (GateOperation gate : gates) {
        for (int i = 0; i < gate.qubitCount(); i++) {
          touched.set(gate.qubit(i));
        }
      }
    }
    int[] names = new int[touched.length()];
    int count = 0;
    for (int qubit = touched.nextSetBit(0); qubit >= 0; qubit = touched.nextSetBit(qubit + 1)) {
      names[qubit] = count++;
    }
    this.qubits = count;
    this.first = relabelled(first, names);
    this.second = relabelled(second, names);
  }

  private static List<GateOperation> relabelled(List<GateOperation> gates, int[] names) {
    return gates.stream()
        .map(gate -> (GateOperation) Relabelled.of(gate, qubit -> names[qubit]))
        .toList();
  }

  /// @param seed of the random states
  /// @param budget what following states takes is taken off; unknown once it is spent
  static Certificate compare(
      List<GateOperation> first, List<GateOperation> second, long seed, CheckBudget budget) {
    UnitaryCheck check = new UnitaryCheck(first, second);
    return check.byTableau().orElseGet(() -> check.byStates(seed, budget));
  }

  /// As much of it as the work allows.
  private Certificate byStates(long seed, CheckBudget budget) {
    if (qubits <= WHOLE_QUBITS_MAX && budget.takes(work(2 * qubits))) {
      return whole();
    }
    int stimuli = qubits <= STIMULI_QUBITS_MAX ? budget.takes(work(qubits), STIMULI) : 0;
    return stimuli > 0 ? byStimuli(stimuli, seed) : Certificate.unknown();
  }

  /// What it takes to follow one state of so many qubits through both.
  private long work(int width) {
    return Math.max(1, (long) (first.size() + second.size()) << width);
  }

  private Optional<Certificate> byTableau() {
    Optional<Tableau> one = tableau(first);
    Optional<Tableau> other = one.isEmpty() ? one : tableau(second);
    return other.map(tableau ->
        Certificate.of(one.orElseThrow().isSameMap(tableau), Certificate.Method.CLIFFORD_TABLEAU));
  }

  private Optional<Tableau> tableau(List<GateOperation> gates) {
    Tableau tableau = new Tableau(qubits);
    double error = 0;
    for (GateOperation gate : gates) {
      Optional<CliffordGates.Parts> parts = CliffordGates.of(gate);
      error += parts.map(CliffordGates.Parts::error).orElse(Double.POSITIVE_INFINITY);
      if (error > CliffordGates.ERROR_MAX || parts.isEmpty()) {
        return Optional.empty();
      }
      parts.get().steps().forEach(step -> tableau.apply(step.gate(), step.first(), step.second()));
    }
    return Optional.of(tableau);
  }

  /// Every qubit is entangled with one of its own that nothing touches: the state after the circuit
  /// holds its whole matrix.
  private Certificate whole() {
    List<Operation> pairs = new ArrayList<>();
    for (int qubit = 0; qubit < qubits; qubit++) {
      pairs.add(GateOperation.of(Gate.H, qubit));
      pairs.add(GateOperation.of(Gate.X, qubits + qubit).controlledBy(qubit, true));
    }
    double[] overlap = overlap(pairs, 2 * qubits);
    return Certificate.of(
        Math.hypot(overlap[0], overlap[1]) > 1 - LOSS_MAX, Certificate.Method.WHOLE_UNITARY);
  }

  /// The phase must be the same for all states: it is one of the whole circuit.
  private Certificate byStimuli(int stimuli, long seed) {
    SplitMix random = new SplitMix(seed);
    double[] expected = {Double.NaN, Double.NaN};
    for (int i = 0; i < stimuli; i++) {
      List<Operation> state = new ArrayList<>();
      for (int qubit = 0; qubit < qubits; qubit++) {
        state.add(
            GateOperation.of(
                Gate.U,
                new double[] {
                  Math.acos(1 - 2 * random.nextDouble()), 2 * Math.PI * random.nextDouble(), 0, 0
                },
                qubit));
      }
      double[] overlap = overlap(state, qubits);
      expected = i == 0 ? overlap : expected;
      if (Math.hypot(overlap[0], overlap[1]) < 1 - LOSS_MAX
          || Math.hypot(overlap[0] - expected[0], overlap[1] - expected[1]) > 2 * ANGLE_MAX) {
        return Certificate.of(false, Certificate.Method.RANDOM_STIMULI);
      }
    }
    return Certificate.of(true, Certificate.Method.RANDOM_STIMULI);
  }

  /// Inner product of what both make of a state: 1 times the phase between them when it is the
  /// same. What rounding made of their lengths is taken out.
  private double[] overlap(List<Operation> state, int width) {
    try (StateVector one = evolve(state, first, width);
        StateVector other = evolve(state, second, width)) {
      double re = 0;
      double im = 0;
      double length = 0;
      double otherLength = 0;
      for (long index = 0; index < 1L << width; index++) {
        length += one.re(index) * one.re(index) + one.im(index) * one.im(index);
        otherLength += other.re(index) * other.re(index) + other.im(index) * other.im(index);
        re += one.re(index) * other.re(index) + one.im(index) * other.im(index);
        im += one.re(index) * other.im(index) - one.im(index) * other.re(index);
      }
      double norm = Math.sqrt(length * otherLength);
      return new double[] {re / norm, im / norm};
    }
  }

  private StateVector evolve(List<Operation> state, List<GateOperation> gates, int width) {
    List<Operation> operations = new ArrayList<>(state);
    operations.addAll(gates);
    return simulator.evolve(Circuit.of(width, 0, operations), MEMORY_BYTES_MAX, CancelSignal.NEVER);
  }
}
