package dev.reeve.bench;

import java.util.Arrays;
import java.util.Random;

/// How much longer one of two things takes that were done in turns, as a share of its time, and how
/// sure that is: runs of neighbouring turns are drawn again and again from those that there were,
/// so that a stall, which many neighbours feel, counts as one event.
///
/// @param percent the share at the quantile
/// @param low nine of ten draws lie between this
/// @param high and this
record PairedShare(double percent, double low, double high) {
  private static final int RUN = 50;
  private static final int DRAWS = 400;
  private static final double TAIL = 0.05;

  /// @param with durations, in order
  /// @param without durations of the turns between them
  static PairedShare of(Latencies with, Latencies without, double quantile) {
    int runs = Math.min(with.count(), without.count()) / RUN;
    long[] more = with.nanos(0, runs * RUN);
    long[] less = without.nanos(0, runs * RUN);
    Random random = new Random(1);
    double[] drawn = new double[DRAWS];
    for (int i = 0; i < DRAWS; i++) {
      long[] drawnMore = new long[more.length];
      long[] drawnLess = new long[less.length];
      for (int run = 0; run < runs; run++) {
        int from = RUN * random.nextInt(runs);
        System.arraycopy(more, from, drawnMore, RUN * run, RUN);
        System.arraycopy(less, from, drawnLess, RUN * run, RUN);
      }
      drawn[i] = share(drawnMore, drawnLess, quantile);
    }
    Arrays.sort(drawn);
    return new PairedShare(
        share(more, less, quantile),
        drawn[(int) (DRAWS * TAIL)],
        drawn[(int) (DRAWS * (1 - TAIL))]);
  }

  private static double share(long[] more, long[] less, double quantile) {
    long with = at(more, quantile);
    return 100.0 * (with - at(less, quantile)) / with;
  }

  private static long at(long[] durations, double quantile) {
    long[] sorted = durations.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(quantile * sorted.length))];
  }
}
