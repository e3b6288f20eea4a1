package dev.reeve.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// How long something took, as counts within bounds, for metrics. Safe on any thread; never blocks.
public final class LatencyCounts {
  /// Upper bounds in nanoseconds, from a decision in memory to an extension that is waited for.
  private static final long[] BOUNDS_NANOS = {
    5_000L,
    20_000L,
    100_000L,
    500_000L,
    1_000_000L,
    5_000_000L,
    20_000_000L,
    50_000_000L,
    100_000_000L,
    200_000_000L,
    500_000_000L,
    1_000_000_000L,
    5_000_000_000L
  };

  private final LongAdder[] counts = new LongAdder[BOUNDS_NANOS.length + 1];
  private final LongAdder nanos = new LongAdder();

  /// Empty counts.
  public LatencyCounts() {
    for (int i = 0; i < counts.length; i++) {
      counts[i] = new LongAdder();
    }
  }

  /// Takes in one that took so long.
  ///
  /// @param tookNanos below 0 counts as 0
  public void add(long tookNanos) {
    long took = Math.max(0, tookNanos);
    int at = 0;
    while (at < BOUNDS_NANOS.length && took > BOUNDS_NANOS[at]) {
      at++;
    }
    counts[at].increment();
    nanos.add(took);
  }

  /// What was taken in since the start.
  public View view() {
    List<Double> bounds = new ArrayList<>();
    List<Long> within = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      boolean last = i == BOUNDS_NANOS.length;
      bounds.add(last ? Double.POSITIVE_INFINITY : seconds(BOUNDS_NANOS[i]));
      within.add(counts[i].sum());
    }
    return new View(bounds, within, seconds(nanos.sum()));
  }

  private static double seconds(long of) {
    return (double) of / (double) TimeUnit.SECONDS.toNanos(1);
  }

  /// Counts within bounds.
  ///
  /// @param boundsSeconds upper bounds, ascending; the last is infinite
  /// @param counts of those above the bound before and not above this one, in the same order
  /// @param sumSeconds of all of them
  public record View(List<Double> boundsSeconds, List<Long> counts, double sumSeconds) {
    public View {
      boundsSeconds = List.copyOf(boundsSeconds);
      counts = List.copyOf(counts);
    }

    /// How many there were.
    public long count() {
      return counts.stream().mapToLong(Long::longValue).sum();
    }
  }
}
