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
/// differs by less than a tiny turn.
final class UnitaryCheck {
  private static final int WHOLE_QUBITS_MAX = 9;
  private static final int STIMULI_QUBITS_MAX = 20;
  private static final int STIMULI = 6;

  private static final long MEMORY_BYTES_MAX = 1L << 26;

  private final StateVectorSimulator simulator = new StateVectorSimulator();
  private final List<GateOperation> first;
  private final List<GateOperation> second;
  private final int qubits;
  private final double angleMax;
  private final CancelSignal cancel;

  /// Qubits that neither touches are left out: they are the same in both.
  private UnitaryCheck(
      List<GateOperation> first,
      List<GateOperation> second,
      Tolerance tolerance,
      CancelSignal cancel) {
    this.cancel = cancel;
    this.angleMax = tolerance.angle();
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
      List<GateOperation> first,
      List<GateOperation> second,
      Tolerance tolerance,
      long seed,
      CheckBudget budget) {
    UnitaryCheck check = new UnitaryCheck(first, second, tolerance, budget.cancel());
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
      if (error > Math.min(CliffordGates.ERROR_MAX, angleMax) || parts.isEmpty()) {
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
    return Certificate.of(
        overlap(pairs, 2 * qubits).distance() < angleMax, Certificate.Method.WHOLE_UNITARY);
  }

  /// The phase must be the same for all states: it is one of the whole circuit.
  private Certificate byStimuli(int stimuli, long seed) {
    SplitMix random = new SplitMix(seed);
    Overlap expected = new Overlap(Double.NaN, Double.NaN, Double.NaN);
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
      Overlap overlap = overlap(state, qubits);
      expected = i == 0 ? overlap : expected;
      if (overlap.distance() > angleMax
          || Math.hypot(overlap.re() - expected.re(), overlap.im() - expected.im())
              > 2 * angleMax) {
        return Certificate.of(false, Certificate.Method.RANDOM_STIMULI);
      }
    }
    return Certificate.of(true, Certificate.Method.RANDOM_STIMULI);
  }

  /// The inner product of what both make of a state: 1 times the phase between them when it is the
  /// same.
  ///
  /// @param distance of the two states once this phase is taken out, which tells tiny angles as the
  ///   inner product does not: it loses the square of them
  private record Overlap(double re, double im, double distance) {}

  /// What rounding made of the lengths is taken out.
  private Overlap overlap(List<Operation> state, int width) {
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
      double size = Math.hypot(re, im);
      double[] phase = {size == 0 ? 1 : re / size, size == 0 ? 0 : im / size};
      double squares = 0;
      for (long index = 0; index < 1L << width; index++) {
        double a = one.re(index) / Math.sqrt(length);
        double b = one.im(index) / Math.sqrt(length);
        double apartRe = other.re(index) / Math.sqrt(otherLength) - (a * phase[0] - b * phase[1]);
        double apartIm = other.im(index) / Math.sqrt(otherLength) - (a * phase[1] + b * phase[0]);
        squares += apartRe * apartRe + apartIm * apartIm;
      }
      return new Overlap(re / norm, im / norm, Math.sqrt(squares));
    }
  }

  private StateVector evolve(List<Operation> state, List<GateOperation> gates, int width) {
    List<Operation> operations = new ArrayList<>(state);
    operations.addAll(gates);
    return simulator.evolve(Circuit.of(width, 0, operations), MEMORY_BYTES_MAX, cancel);
  }
}
