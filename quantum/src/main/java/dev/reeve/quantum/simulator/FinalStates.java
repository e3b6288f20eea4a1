package dev.reeve.quantum.simulator;

import dev.reeve.base.Check;
import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.QuantumProblems;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a circuit leaves in its qubits for each outcome, begun with all of them at zero: a density
/// matrix for each, whose trace is the probability of the outcome. Immutable.
public final class FinalStates {
  /// Most qubits of a circuit.
  public static final int QUBITS_MAX = 8;

  /// Most numbers that all outcomes take together.
  private static final long NUMBERS_MAX = 1L << 22;

  /// Real parts and then imaginary ones, row by row.
  private final Map<String, double[]> byOutcome = new TreeMap<>();

  private final int qubits;

  private FinalStates(int qubits) {
    this.qubits = qubits;
  }

  /// @param circuit of at most [#QUBITS_MAX] qubits
  /// @param workMax steps times entries that branches may take
  /// @throws dev.reeve.base.ProblemException `SIMULATION_...` beyond a bound, and for what goes
  ///   wrong in a branch that has a chance
  public static FinalStates of(Circuit circuit, long workMax, CancelSignal cancel) {
    int qubits = circuit.qubits();
    Check.argument(
        qubits >= 1 && qubits <= QUBITS_MAX, "qubits: %d (expected: 1 to %d)", qubits, QUBITS_MAX);
    RunOptions options =
        RunOptions.of(1, 0, Long.MAX_VALUE).with(Outputs.COUNTS.withAmplitudes(qubits));
    Plan plan = Plan.of(circuit, Planner.Kind.DENSITY_MATRIX, options);
    FinalStates states = new FinalStates(qubits);
    BranchWalk walk =
        new BranchWalk(
            plan,
            DenseStates.DENSITY_MATRIX,
            options,
            Checkpoint.of(cancel),
            workMax,
            (state, memory, weight) ->
                states.add((StateVector) state.probabilities(), memory, plan, weight));
    walk.run();
    return states;
  }

  /// What measurements at the end find parts the matrix: only rows and columns that agree about it
  /// are left.
  private void add(StateVector matrix, ClassicalMemory memory, Plan plan, double weight) {
    Tally tally = new Tally(plan, 0);
    long measured = tally.measuredQubits();
    int size = 1 << qubits;
    for (int row = 0; row < size; row++) {
      long found = row & measured;
      String outcome = plan.layout().text(tally.observed(found, memory)::bit);
      double[] sum = byOutcome.computeIfAbsent(outcome, _ -> new double[2 * size * size]);
      for (int column = 0; column < size; column++) {
        if ((column & measured) == found) {
          long entry = ((long) column << qubits) | row;
          sum[row * size + column] += weight * matrix.re(entry);
          sum[size * size + row * size + column] += weight * matrix.im(entry);
        }
      }
    }
    if ((long) byOutcome.size() * 2 * size * size > NUMBERS_MAX) {
      throw QuantumProblems.SIMULATION_OUTCOMES_EXCEEDED
          .because(
              "states: %d outcomes of %d qubits (expected: at most %d numbers)"
                  .formatted(byOutcome.size(), qubits, NUMBERS_MAX))
          .toException();
    }
  }

  /// How far two are from each other: the root of the sum of all squared differences.
  ///
  /// @param other of as many qubits
  public double distance(FinalStates other) {
    Check.argument(
        qubits == other.qubits, "qubits: %d (expected: as the other, %d)", other.qubits, qubits);
    Set<String> outcomes = new TreeSet<>(byOutcome.keySet());
    outcomes.addAll(other.byOutcome.keySet());
    double[] nothing = new double[2 << (2 * qubits)];
    double squares = 0;
    for (String outcome : outcomes) {
      double[] mine = byOutcome.getOrDefault(outcome, nothing);
      double[] theirs = other.byOutcome.getOrDefault(outcome, nothing);
      for (int i = 0; i < mine.length; i++) {
        squares += (mine[i] - theirs[i]) * (mine[i] - theirs[i]);
      }
    }
    return Math.sqrt(squares);
  }
}
