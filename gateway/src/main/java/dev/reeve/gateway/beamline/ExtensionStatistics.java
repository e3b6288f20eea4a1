package dev.reeve.gateway.beamline;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// How extensions answered lately. Thread-safe.
public final class ExtensionStatistics {
  private static final int EXTENSIONS_MAX = 1_000;
  private static final int CALLS_KEPT = 256;
  private static final double HEALTHY = 0.95;
  private static final double DEGRADED = 0.80;

  private final InstantSource clock;

  @GuardedBy("this")
  private final Map<String, Calls> byId = new TreeMap<>();

  /// Empty statistics, by this clock.
  public ExtensionStatistics(InstantSource clock) {
    this.clock = clock;
  }

  /// One extension.
  ///
  /// @param calls since the start
  /// @param successRate of the newest calls
  /// @param lastMillis when it was called last, milliseconds since 1970 UTC
  record View(
      String id,
      long calls,
      double successRate,
      long p50Ms,
      long p95Ms,
      long p99Ms,
      long lastMillis) {
    /// `healthy`, `degraded` or `unhealthy`.
    String status() {
      if (successRate >= HEALTHY) {
        return "healthy";
      }
      return successRate >= DEGRADED ? "degraded" : "unhealthy";
    }
  }

  synchronized void add(String id, boolean answered, long nanos) {
    if (byId.size() < EXTENSIONS_MAX || byId.containsKey(id)) {
      byId.computeIfAbsent(id, _ -> new Calls()).add(answered, nanos, clock.millis());
    }
  }

  /// All, by id.
  synchronized List<View> all() {
    List<View> all = new ArrayList<>();
    byId.forEach((id, calls) -> all.add(calls.view(id)));
    return all;
  }

  /// The newest calls of one.
  private static final class Calls {
    private final long[] millis = new long[CALLS_KEPT];
    private final boolean[] answered = new boolean[CALLS_KEPT];
    private long count;
    private long lastMillis;

    private void add(boolean good, long nanos, long nowMillis) {
      int at = (int) (count % CALLS_KEPT);
      millis[at] = TimeUnit.NANOSECONDS.toMillis(nanos);
      answered[at] = good;
      count++;
      lastMillis = nowMillis;
    }

    private View view(String id) {
      int kept = (int) Math.min(count, CALLS_KEPT);
      int good = 0;
      for (int i = 0; i < kept; i++) {
        good += answered[i] ? 1 : 0;
      }
      long[] sorted = Arrays.copyOf(millis, kept);
      Arrays.sort(sorted);
      return new View(
          id,
          count,
          (double) good / kept,
          sorted[kept / 2],
          sorted[kept * 95 / 100],
          sorted[kept * 99 / 100],
          lastMillis);
    }
  }
}
