package dev.reeve.routing;

import java.util.Arrays;

/// Medians of the last calls that went well: at most 64 of them, none older than ten minutes.
/// Thread-safe; reading takes no lock.
final class Observed extends RecentMap.Entry {
  private static final int KEPT_MAX = 64;
  private static final long WINDOW_NANOS = 600_000_000_000L;

  /// @param newestNanos when the last call ended
  private record Medians(double latencyMs, double cost, long newestNanos) {}

  private static final Medians NONE = new Medians(Double.NaN, Double.NaN, 0);

  private final double[] latencies = new double[KEPT_MAX];
  private final double[] costs = new double[KEPT_MAX];
  private final long[] times = new long[KEPT_MAX];
  private int added;
  private volatile Medians medians = NONE;

  /// @param latencyMs 0 when not known
  /// @param cost 0 when not known
  synchronized void add(double latencyMs, double cost, long nowNanos) {
    int at = added % KEPT_MAX;
    latencies[at] = latencyMs;
    costs[at] = cost;
    times[at] = nowNanos;
    added++;
    medians = new Medians(median(latencies, nowNanos), median(costs, nowNanos), nowNanos);
  }

  /// NaN when nothing was observed lately.
  double latencyMs(long nowNanos) {
    Medians now = medians;
    return isOld(now, nowNanos) ? Double.NaN : now.latencyMs();
  }

  /// NaN when nothing was observed lately.
  double cost(long nowNanos) {
    Medians now = medians;
    return isOld(now, nowNanos) ? Double.NaN : now.cost();
  }

  private static boolean isOld(Medians medians, long nowNanos) {
    return nowNanos - medians.newestNanos() > WINDOW_NANOS;
  }

  private double median(double[] values, long nowNanos) {
    double[] known = new double[KEPT_MAX];
    int count = 0;
    for (int i = 0; i < Math.min(added, KEPT_MAX); i++) {
      if (values[i] > 0 && nowNanos - times[i] <= WINDOW_NANOS) {
        known[count++] = values[i];
      }
    }
    if (count == 0) {
      return Double.NaN;
    }
    Arrays.sort(known, 0, count);
    return count % 2 == 1 ? known[count / 2] : (known[count / 2 - 1] + known[count / 2]) / 2;
  }
}
