package dev.reeve.quantum.simulator;

import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.Footprint;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The exact distribution of the outcomes of a circuit, also of one that measures, resets and
/// decides on its way: every branch is followed with its weight. Immutable.
///
/// @param probabilities of each outcome
/// @param branches how many were followed
/// @param weightLeftOut what the probabilities may lack together, because branches were given up
///   once their weight fell below 1e-14
public record ExactOutcomes(
    SortedMap<String, Double> probabilities, int branches, double weightLeftOut) {
  /// Steps times amplitudes of one run: a minute or two.
  static final long WORK_MAX = 1L << 36;

  /// Up to so many qubits a mixture of what was lost costs less than a branch for each loss.
  private static final int MIXTURE_QUBITS_MAX = 8;

  public ExactOutcomes {
    probabilities = Collections.unmodifiableSortedMap(new TreeMap<>(probabilities));
  }

  /// The outcomes of a circuit without noise; every qubit is measured at the end when it writes no
  /// bit.
  ///
  /// @param workMax steps times amplitudes that branches may take
  /// @throws dev.reeve.base.ProblemException `SIMULATION_...` beyond a bound, and for what goes
  ///   wrong in a branch that has a chance
  public static ExactOutcomes of(
      Circuit circuit, long memoryBytesMax, long workMax, CancelSignal cancel) {
    Circuit measured = Measured.of(circuit).circuit();
    RunOptions options = RunOptions.of(1, 0, memoryBytesMax).withProbabilities();
    ShotStates states =
        suitsMixture(measured, options)
            ? DenseStates.DENSITY_MATRIX
            : DenseStates.vectors(BlockedStateVector.factory(Workers.NONE));
    states.requireRoom(Planner.qubitsNeeded(measured, options), options);
    Plan plan = Plan.of(measured, states.kind(), options);
    return of(plan, states, options, Checkpoint.of(cancel), workMax);
  }

  static ExactOutcomes of(
      Plan plan, ShotStates states, RunOptions options, Checkpoint checkpoint, long workMax) {
    SortedMap<String, Double> sums = new TreeMap<>();
    BranchWalk walk =
        new BranchWalk(
            plan,
            states,
            options,
            checkpoint,
            workMax,
            (state, memory, weight) -> {
              if (plan.tail().isEmpty()) {
                sums.merge(plan.layout().text(memory::bit), weight, Double::sum);
              } else {
                Distribution.of(state.probabilities(), memory, plan, checkpoint)
                    .forEach((outcome, share) -> sums.merge(outcome, weight * share, Double::sum));
              }
              Distribution.requireFew(sums.size());
            });
    walk.run();
    return new ExactOutcomes(sums, walk.branches(), walk.weightLeftOut());
  }

  /// Whether a circuit is small and loses outcomes on its way: a density matrix needs no branch for
  /// them.
  static boolean suitsMixture(Circuit circuit, RunOptions options) {
    return losesOutcomes(circuit.operations())
        && Planner.qubitsNeeded(circuit, options) <= MIXTURE_QUBITS_MAX;
  }

  /// A reset of a qubit that nothing touched before loses nothing.
  private static boolean losesOutcomes(List<Operation> operations) {
    Footprint earlier = Footprint.of(List.of());
    for (Operation operation : operations) {
      if (loses(operation)
          && !(operation instanceof Operation.Reset(int qubit) && !earlier.qubits().get(qubit))) {
        return true;
      }
      earlier.add(operation);
    }
    return false;
  }

  private static boolean loses(Operation operation) {
    return switch (operation) {
      case Operation.Reset _ -> true;
      case Operation.Measure measure -> measure.bit() == Operation.Measure.DISCARD;
      case Operation.If branch ->
          branch.then().stream().anyMatch(ExactOutcomes::loses)
              || branch.otherwise().stream().anyMatch(ExactOutcomes::loses);
      case Operation.While loop -> loop.body().stream().anyMatch(ExactOutcomes::loses);
      case GateOperation _,
          Operation.Barrier _,
          Operation.Delay _,
          Operation.AssignBits _,
          Operation.AssignVariable _ ->
          false;
    };
  }
}
