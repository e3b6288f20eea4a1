package dev.reeve.quantum.mitigation;

import dev.reeve.quantum.simulator.Checkpoint;
import java.util.List;

/// What outcomes that were seen are read as, of all that were seen. Never held whole: it would be
/// the square of the outcomes.
final class MisreadOutcomes {
  /// That so many bits are misread at once that it happens more rarely than this is left out.
  private static final double RARE = 1e-9;

  private final int size;
  private final long[][] bits;

  /// By bit: how much likelier it is misread than read well, when it was zero and when it was one.
  private final double[] ofZero;

  private final double[] ofOne;
  private final int misreadMax;
  private final Checkpoint checkpoint;

  /// @param outcomes as long as there are misreadings, the highest bit first
  /// @param misreadings of each bit, the lowest first
  /// @param checkpoint passed once for each outcome of a product
  MisreadOutcomes(List<String> outcomes, List<Misreading> misreadings, Checkpoint checkpoint) {
    this.size = outcomes.size();
    this.bits = outcomes.stream().map(MisreadOutcomes::words).toArray(long[][]::new);
    this.ofZero =
        misreadings.stream()
            .mapToDouble(each -> each.zeroAsOne() / (1 - each.zeroAsOne()))
            .toArray();
    this.ofOne =
        misreadings.stream()
            .mapToDouble(each -> each.oneAsZero() / (1 - each.oneAsZero()))
            .toArray();
    this.misreadMax = misreadMax(misreadings);
    this.checkpoint = checkpoint;
  }

  /// The lowest bit first, 64 to a word.
  private static long[] words(String outcome) {
    long[] words = new long[outcome.length() / Long.SIZE + 1];
    for (int bit = 0; bit < outcome.length(); bit++) {
      if (QuasiProbabilities.bit(outcome, bit)) {
        words[bit / Long.SIZE] |= 1L << bit;
      }
    }
    return words;
  }

  private static int misreadMax(List<Misreading> misreadings) {
    double[] chances = new double[misreadings.size() + 1];
    chances[0] = 1;
    for (int done = 0; done < misreadings.size(); done++) {
      double chance =
          Math.max(misreadings.get(done).zeroAsOne(), misreadings.get(done).oneAsZero());
      for (int misread = done + 1; misread > 0; misread--) {
        chances[misread] = chances[misread] * (1 - chance) + chances[misread - 1] * chance;
      }
      chances[0] *= 1 - chance;
    }
    int most = misreadings.size();
    double more = 0;
    while (most > 0 && more + chances[most] < RARE) {
      more += chances[most--];
    }
    return most;
  }

  /// By outcome: how likely it is read as any that was seen, as a multiple of its being read well.
  double[] seen() {
    double[] seen = new double[size];
    for (int was = 0; was < size; was++) {
      checkpoint.pass();
      for (int read = 0; read < size; read++) {
        seen[was] += likelihood(was, read);
      }
    }
    return seen;
  }

  /// What these outcomes are read as, by outcome.
  ///
  /// @param read well, by outcome
  double[] readAs(double[] read) {
    double[] as = new double[size];
    for (int was = 0; was < size; was++) {
      checkpoint.pass();
      for (int other = 0; other < size; other++) {
        as[other] += read[was] * likelihood(was, other);
      }
    }
    return as;
  }

  /// How likely an outcome is read as another, as a multiple of its being read well.
  private double likelihood(int was, int read) {
    long[] one = bits[was];
    long[] other = bits[read];
    int apart = 0;
    for (int word = 0; word < one.length; word++) {
      apart += Long.bitCount(one[word] ^ other[word]);
    }
    if (apart > misreadMax) {
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
}
