package dev.reeve.quantum.mitigation;

import dev.reeve.base.ProblemException;
import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.QuantumProblems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The distribution that would be read as one that was seen. Bits are misread each by itself, and
/// what was never seen is left out, so that the work grows with the outcomes that were seen and not
/// with all there are: a hundred bits are no trouble. The method is that of Nation, Kang,
/// Sundaresan and Gambetta (2021).
public final class QuasiProbabilities {
  /// Most different outcomes: the work is their square.
  public static final int OUTCOMES_MAX = 4_096;

  private static final int ROUNDS_MAX = 100;
  private static final double TOLERANCE = 1e-9;

  /// That more bits of an outcome are misread at once is left out.
  private static final int MISREAD_MAX = 5;

  private final int size;
  private final long[][] bits;

  /// By bit: how much likelier it is misread than read well, when it was zero and when it was one.
  private final double[] ofZero;

  private final double[] ofOne;

  /// By outcome: how likely all of it is read well, as a share of what it is read as and was seen.
  private final double[] well;

  private QuasiProbabilities(List<String> outcomes, List<Misreading> misreadings) {
    this.size = outcomes.size();
    this.bits = outcomes.stream().map(QuasiProbabilities::words).toArray(long[][]::new);
    this.ofZero =
        misreadings.stream()
            .mapToDouble(each -> each.zeroAsOne() / (1 - each.zeroAsOne()))
            .toArray();
    this.ofOne =
        misreadings.stream()
            .mapToDouble(each -> each.oneAsZero() / (1 - each.oneAsZero()))
            .toArray();
    this.well = new double[size];
    for (int was = 0; was < size; was++) {
      double sum = 0;
      for (int read = 0; read < size; read++) {
        sum += likelihood(was, read);
      }
      well[was] = 1 / sum;
    }
  }

  /// The lowest bit first, 64 to a word.
  private static long[] words(String outcome) {
    long[] words = new long[outcome.length() / Long.SIZE + 1];
    for (int bit = 0; bit < outcome.length(); bit++) {
      if (bit(outcome, bit)) {
        words[bit / Long.SIZE] |= 1L << bit;
      }
    }
    return words;
  }

  /// The quasi-probabilities of counts: they add up to 1, and may be below 0.
  ///
  /// @param counts how often each outcome was seen, highest bit first
  /// @param misreadings of each bit, the lowest first
  /// @throws dev.reeve.base.ProblemException `READOUT_NOT_MITIGATED`
  public static SortedMap<String, Double> of(
      Map<String, Long> counts, List<Misreading> misreadings) {
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
    double[] shares =
        outcomes.stream().mapToDouble(each -> counts.getOrDefault(each, 0L) / total).toArray();
    double[] solved = new QuasiProbabilities(outcomes, misreadings).solve(shares);
    SortedMap<String, Double> quasi = new TreeMap<>();
    for (int i = 0; i < solved.length; i++) {
      quasi.put(outcomes.get(i), solved[i]);
    }
    return quasi;
  }

  /// The mean of the product of some bits, each read as 1 for zero and -1 for one.
  ///
  /// @param bits the lowest is 0
  public static double mean(Map<String, Double> quasi, Indexes bits) {
    double mean = 0;
    for (Map.Entry<String, Double> each : quasi.entrySet()) {
      int ones = 0;
      for (int i = 0; i < bits.size(); i++) {
        ones += bit(each.getKey(), bits.get(i)) ? 1 : 0;
      }
      mean += ones % 2 == 0 ? each.getValue() : -each.getValue();
    }
    return mean;
  }

  private static boolean bit(String outcome, int bit) {
    return outcome.charAt(outcome.length() - 1 - bit) == '1';
  }

  /// How likely an outcome is read as another, as a multiple of its being read well.
  private double likelihood(int was, int read) {
    long[] one = bits[was];
    long[] other = bits[read];
    int apart = 0;
    for (int word = 0; word < one.length; word++) {
      apart += Long.bitCount(one[word] ^ other[word]);
    }
    if (apart > MISREAD_MAX) {
      return 0;
    }
    double likelihood = 1;
    for (int word = 0; word < one.length && apart > 0; word++) {
      for (long left = one[word] ^ other[word]; left != 0; left &= left - 1) {
        int bit = Long.numberOfTrailingZeros(left);
        boolean wasOne = (one[word] >>> bit & 1) != 0;
        likelihood *= (wasOne ? ofOne : ofZero)[word * Long.SIZE + bit];
      }
    }
    return likelihood;
  }

  /// In rounds, each of which takes back what the last one would be read as too much.
  private double[] solve(double[] shares) {
    double[] found = shares.clone();
    double last = Double.POSITIVE_INFINITY;
    for (int round = 0; round < ROUNDS_MAX; round++) {
      double off = round(shares, found);
      if (off < TOLERANCE) {
        return found;
      }
      if (!(off < 2 * last)) {
        break;
      }
      last = off;
    }
    throw refused("bits that are read wrongly too often (expected: mostly right)");
  }

  /// @return by how much what would be read was off
  private double round(double[] shares, double[] found) {
    double[] left = shares.clone();
    for (int was = 0; was < size; was++) {
      double share = found[was] * well[was];
      for (int read = 0; read < size; read++) {
        left[read] -= share * likelihood(was, read);
      }
    }
    double off = 0;
    for (int read = 0; read < size; read++) {
      off += Math.abs(left[read]);
      found[read] += left[read] / well[read];
    }
    return off;
  }

  static ProblemException refused(String why) {
    return QuantumProblems.READOUT_NOT_MITIGATED
        .because("readout_mitigation: " + why)
        .toException();
  }
}
