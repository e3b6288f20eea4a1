package dev.reeve.quantum.compiler;

import dev.reeve.base.ProblemException;
import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.OpenCircuits;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.ResultLayout;
import dev.reeve.quantum.simulator.ExactOutcomes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whether two circuits do the same, every qubit being zero at first.
///
/// Circuits of gates alone are compared as unitaries, qubit by qubit in order, up to a phase of the
/// whole. Programs with results do the same when each result is as likely in both, whatever qubits
/// it comes from and whatever is left in them; measurements, resets and decisions on the way are
/// followed branch by branch. Programs without results that measure or reset do the same when they
/// leave the same mixture of states. Where that is too much, or the programs differ little, they
/// are compared stretch by stretch between the decisions that both make: what is the same then is
/// so from any state, outcome by outcome.
public final class CircuitEquivalence {
  private static final long MEMORY_BYTES_MAX = 1L << 26;

  /// Steps times amplitudes of branches: a few seconds.
  private static final long WORK_MAX = 1L << 31;

  /// The same for what was compiled just now: some tenths of a second.
  private static final long COMPILED_WORK_MAX = 1L << 26;

  private static final long SEED = 1;

  private CircuitEquivalence() {}

  /// What was found out about two circuits. Those whose angles inputs decide are compared for some
  /// random values of the inputs. Rounding alone is no difference.
  public static Certificate compare(Circuit first, Circuit second) {
    return compare(first, second, Tolerance.EXACT);
  }

  static Certificate compare(Circuit first, Circuit second, Tolerance tolerance) {
    return OpenCheck.compare(
        first.operations(),
        second.operations(),
        SEED,
        (one, other) -> known(first.with(one), second.with(other), tolerance));
  }

  private static Certificate known(Circuit first, Circuit second, Tolerance tolerance) {
    Optional<List<GateOperation>> one = gates(first);
    Optional<List<GateOperation>> other = gates(second);
    if (one.isPresent() && other.isPresent()) {
      return UnitaryCheck.compare(
          one.get(), other.get(), tolerance, SEED, new CheckBudget(CancelSignal.NEVER));
    }
    int width = ResultLayout.of(first).width();
    if (width != ResultLayout.of(second).width()) {
      return Certificate.of(false, Certificate.Method.DISTRIBUTION);
    }
    boolean last =
        width > 0
            && StretchCheck.measuresLast(first.operations())
            && StretchCheck.measuresLast(second.operations());
    Certificate parts =
        last ? Certificate.unknown() : RegionCheck.compare(first, second, tolerance, SEED);
    if (parts.equivalent().isPresent()) {
      return parts;
    }
    Certificate whole =
        width > 0 ? byResults(first, second, tolerance, WORK_MAX) : byStates(first, second);
    return last && whole.equivalent().isEmpty()
        ? RegionCheck.compare(first, second, tolerance, SEED)
        : whole;
  }

  /// Whether two circuits also leave the same in their qubits for each result, number by number, up
  /// to a phase; empty when it cannot be found out.
  ///
  /// @param certificate what [#compare] found
  public static Optional<Boolean> leaveTheSame(
      Circuit first, Circuit second, Certificate certificate) {
    if (certificate.equivalent().orElse(false) && certificate.method().comparesUnitaries()) {
      return Optional.of(true);
    }
    Certificate states =
        OpenCheck.compare(
            first.operations(),
            second.operations(),
            SEED,
            (one, other) -> byStates(first.with(one), second.with(other)));
    return states.equivalent();
  }

  /// What is known of a compiled circuit, or where that is nothing, whether it gives the same
  /// results: gates before a reset may be gone from it, for which part by part there is no word.
  static Certificate orByResults(Certificate known, Circuit source, Circuit compiled) {
    boolean comparable =
        ResultLayout.of(source).width() > 0 && OpenCircuits.inputs(source.operations()).isEmpty();
    if (known.equivalent().isPresent() || !comparable) {
      return known;
    }
    Certificate whole = byResults(source, compiled, Tolerance.COMPILED, COMPILED_WORK_MAX);
    return whole.equivalent().orElse(false) ? whole : known;
  }

  private static Certificate byResults(
      Circuit first, Circuit second, Tolerance tolerance, long workMax) {
    Optional<ExactOutcomes> expected = outcomes(first, workMax);
    Optional<ExactOutcomes> found = expected.isEmpty() ? expected : outcomes(second, workMax);
    return found
        .flatMap(shares -> areSame(expected.orElseThrow(), shares, tolerance))
        .map(same -> Certificate.of(same, Certificate.Method.DISTRIBUTION))
        .orElseGet(Certificate::unknown);
  }

  private static Certificate byStates(Circuit first, Circuit second) {
    return FinalStateCheck.compare(first, second)
        .map(same -> Certificate.of(same, Certificate.Method.FINAL_STATES))
        .orElseGet(Certificate::unknown);
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

  /// Empty when there are none to be had: the circuit is too wide, or has too many branches.
  private static Optional<ExactOutcomes> outcomes(Circuit circuit, long workMax) {
    try {
      return Optional.of(ExactOutcomes.of(circuit, MEMORY_BYTES_MAX, workMax, CancelSignal.NEVER));
    } catch (ProblemException _) {
      return Optional.empty();
    }
  }

  /// Empty when what branches that were given up would have to tell.
  private static Optional<Boolean> areSame(
      ExactOutcomes expected, ExactOutcomes found, Tolerance tolerance) {
    Set<String> outcomes = new HashSet<>(expected.probabilities().keySet());
    outcomes.addAll(found.probabilities().keySet());
    double apart = 0;
    for (String outcome : outcomes) {
      apart +=
          Math.abs(
              expected.probabilities().getOrDefault(outcome, 0.0)
                  - found.probabilities().getOrDefault(outcome, 0.0));
    }
    double leftOut = expected.weightLeftOut() + found.weightLeftOut();
    if (apart / 2 + leftOut < tolerance.moved()) {
      return Optional.of(true);
    }
    return apart / 2 - leftOut < tolerance.moved() ? Optional.empty() : Optional.of(false);
  }
}
