package dev.reeve.quantum.mitigation;

import dev.reeve.base.ProblemException;
import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.QuantumProblems;
import dev.reeve.quantum.simulator.Checkpoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The distribution that would be read as one that was seen. Bits are misread each by itself, and
/// what was never seen is left out, so that the work grows with the outcomes that were seen and not
/// with all there are: a hundred bits are no trouble. The method is that of Nation, Kang,
/// Sundaresan and Gambetta (2021).
///
/// @param shares by outcome, highest bit first: they add up to 1, and may be below 0
/// @param residual by how much what they would be read as misses what was seen, as a share of it
public record QuasiProbabilities(SortedMap<String, Double> shares, double residual) {
  /// Most different outcomes: the work is their square.
  public static final int OUTCOMES_MAX = 4_096;

  private static final int ROUNDS_MAX = 100;
  private static final double TOLERANCE = 1e-9;

  public QuasiProbabilities {
    shares = Collections.unmodifiableSortedMap(new TreeMap<>(shares));
  }

  /// The quasi-probabilities of counts.
  ///
  /// @param counts how often each outcome was seen, highest bit first
  /// @param misreadings of each bit, the lowest first
  /// @param checkpoint passed on the way
  /// @throws dev.reeve.base.ProblemException `READOUT_NOT_MITIGATED`, and what the checkpoint
  ///   throws
  public static QuasiProbabilities of(
      Map<String, Long> counts, List<Misreading> misreadings, Checkpoint checkpoint) {
    List<String> outcomes = new ArrayList<>(new TreeMap<>(counts).keySet());
    if (outcomes.size() > OUTCOMES_MAX) {
      throw refused(
          "%d different outcomes (expected: at most %d)".formatted(outcomes.size(), OUTCOMES_MAX));
    }
    if (!misreadings.stream().allMatch(Misreading::tells)) {
      throw refused("a bit whose zeros and ones are read alike (expected: that they differ)");
    }
    if (!outcomes.stream().allMatch(outcome -> outcome.length() == misreadings.size())) {
      throw refused("outcomes of other than %d bits".formatted(misreadings.size()));
    }
    double total = counts.values().stream().mapToDouble(Long::doubleValue).sum();
    double[] seen =
        outcomes.stream().mapToDouble(each -> counts.getOrDefault(each, 0L) / total).toArray();
    MisreadOutcomes misread = new MisreadOutcomes(outcomes, misreadings, checkpoint);
    MinimalResidual.Found readWell =
        MinimalResidual.solve(misread::readAs, seen, ROUNDS_MAX, TOLERANCE);
    if (!(readWell.residual() <= 2 * TOLERANCE)) {
      throw refused(
          "bits that are read wrongly too often: after %d rounds %s of the counts is missed"
                  .formatted(ROUNDS_MAX, readWell.residual())
              + " (expected: at most "
              + TOLERANCE
              + ")");
    }
    double[] ofWell = misread.seen();
    SortedMap<String, Double> shares = new TreeMap<>();
    for (int i = 0; i < ofWell.length; i++) {
      shares.put(outcomes.get(i), readWell.value(i) * ofWell[i]);
    }
    return new QuasiProbabilities(shares, readWell.residual());
  }

  /// The mean of the product of some bits, each read as 1 for zero and -1 for one.
  ///
  /// @param bits the lowest is 0
  public double mean(Indexes bits) {
    double mean = 0;
    for (Map.Entry<String, Double> each : shares.entrySet()) {
      int ones = 0;
      for (int i = 0; i < bits.size(); i++) {
        ones += bit(each.getKey(), bits.get(i)) ? 1 : 0;
      }
      mean += ones % 2 == 0 ? each.getValue() : -each.getValue();
    }
    return mean;
  }

  static boolean bit(String outcome, int bit) {
    return outcome.charAt(outcome.length() - 1 - bit) == '1';
  }

  static ProblemException refused(String why) {
    return QuantumProblems.READOUT_NOT_MITIGATED
        .because("readout_mitigation: " + why)
        .toException();
  }
}
