package dev.reeve.quantum.simulator;

import dev.reeve.quantum.QuantumProblems;
import dev.reeve.quantum.ResultLayout;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The exact probability of every outcome of the measurements that come last on a state.
final class Distribution {
  /// Most outcomes a result holds.
  static final int OUTCOMES_MAX = 1 << 16;

  /// Probabilities below this are rounding.
  private static final double NEGLIGIBLE = 1e-15;

  private static final int SLICE = 1 << 16;

  private Distribution() {}

  static SortedMap<String, Double> of(
      BasisProbabilities state, ClassicalMemory memory, Plan plan, Checkpoint checkpoint) {
    Tally tally = new Tally(plan, 0);
    long measured = tally.measuredQubits();
    Map<Long, Double> byBasis = new HashMap<>();
    long size = 1L << state.qubits();
    for (long index = 0; index < size; index++) {
      if (index % SLICE == 0) {
        checkpoint.pass();
      }
      double probability = state.probability(index);
      if (probability > 0) {
        byBasis.merge(index & measured, probability, Double::sum);
        if (byBasis.size() > 2 * OUTCOMES_MAX) {
          byBasis.values().removeIf(sum -> sum < NEGLIGIBLE);
          requireFew(byBasis.size());
        }
      }
    }
    return texts(misread(byBasis, plan), memory, plan.layout(), tally);
  }

  /// What is read when each of the last measurements may be read wrongly.
  private static Map<Long, Double> misread(Map<Long, Double> exact, Plan plan) {
    Map<Long, Double> now = exact;
    if (plan.noise().misreads()) {
      for (long rest = measured(plan); rest != 0; rest &= rest - 1) {
        long bit = Long.lowestOneBit(rest);
        Readout readout = plan.readouts().get(Long.numberOfTrailingZeros(rest));
        Map<Long, Double> next = new HashMap<>();
        now.forEach((basis, probability) -> {
          double wrong = readout.wrong((basis & bit) != 0);
          next.merge(basis, probability * (1 - wrong), Double::sum);
          next.merge(basis ^ bit, probability * wrong, Double::sum);
        });
        requireFew(next.size());
        now = next;
      }
    }
    return now;
  }

  private static long measured(Plan plan) {
    long mask = 0;
    for (Step.Measure measure : plan.tail()) {
      mask |= 1L << measure.qubit();
    }
    return mask;
  }

  private static SortedMap<String, Double> texts(
      Map<Long, Double> byBasis, ClassicalMemory memory, ResultLayout layout, Tally tally) {
    SortedMap<String, Double> probabilities = new TreeMap<>();
    byBasis.forEach((basis, probability) -> {
      if (probability >= NEGLIGIBLE) {
        String text = layout.text(tally.observed(basis, memory)::bit);
        probabilities.merge(text, probability, Double::sum);
      }
    });
    requireFew(probabilities.size());
    return probabilities;
  }

  /// @throws dev.reeve.base.ProblemException `SIMULATION_OUTCOMES_EXCEEDED`
  static void requireFew(int outcomes) {
    if (outcomes > OUTCOMES_MAX) {
      throw QuantumProblems.SIMULATION_OUTCOMES_EXCEEDED
          .because(
              "probabilities: more than %d outcomes (expected: fewer measured qubits, or counts)"
                  .formatted(OUTCOMES_MAX))
          .toException();
    }
  }
}
