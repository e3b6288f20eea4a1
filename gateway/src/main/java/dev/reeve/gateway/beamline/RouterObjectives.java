package dev.reeve.gateway.beamline;

import dev.reeve.routing.LatencyCounts;
import dev.reeve.routing.RefusalCode;
import dev.reeve.routing.RouteReason;
import dev.reeve.routing.RouterCounters;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Whether decisions of the last five minutes kept what the BeamLine contract promises (section 7):
/// 95 of 100 within 100 ms, 99 of 100 within 200 ms, at most one failure in 1,000. Used by one
/// thread.
final class RouterObjectives {
  private static final long STEP_NANOS = Duration.ofSeconds(10).toNanos();
  private static final long WINDOW_NANOS = Duration.ofMinutes(5).toNanos();
  private static final double P95_SECONDS = 0.1;
  private static final double P99_SECONDS = 0.2;
  private static final double ERRORS_MAX = 0.001;

  /// Fewer say nothing about a share of one in a hundred.
  private static final long SAMPLES_MIN = 100;

  /// Fewer say nothing about a share of one in a thousand.
  private static final long ERROR_SAMPLES_MIN = 1_000;

  private final Deque<Sample> samples = new ArrayDeque<>();

  /// What was counted at a time.
  private record Sample(long atNanos, long all, long overP95, long overP99, long errors) {}

  /// An objective that is missed.
  ///
  /// @param name tells it from the others
  /// @param message with the share that was measured
  record Missed(String name, String message) {}

  /// Looks at the counters; those that are missed now.
  List<Missed> look(RouterCounters counters, long nowNanos) {
    Sample now = sample(counters, nowNanos);
    if (samples.isEmpty() || nowNanos - samples.getLast().atNanos() >= STEP_NANOS) {
      samples.addLast(now);
    }
    Sample began = samples.removeFirst();
    while (!samples.isEmpty() && nowNanos - samples.getFirst().atNanos() >= WINDOW_NANOS) {
      began = samples.removeFirst();
    }
    samples.addFirst(began);
    boolean wholeWindow = nowNanos - began.atNanos() >= WINDOW_NANOS;
    return wholeWindow ? missed(began, now) : List.of();
  }

  private static Sample sample(RouterCounters counters, long nowNanos) {
    LatencyCounts.View latency = counters.decisionLatency();
    long errors = 0;
    long all = 0;
    for (RefusalCode code : RefusalCode.values()) {
      all += counters.refusals(code);
      errors += isError(code) ? counters.refusals(code) : 0;
    }
    for (RouteReason reason : RouteReason.values()) {
      all += counters.decisions(reason);
    }
    return new Sample(
        nowNanos, all, over(latency, P95_SECONDS), over(latency, P99_SECONDS), errors);
  }

  private static long over(LatencyCounts.View latency, double seconds) {
    long over = 0;
    for (int i = 0; i < latency.counts().size(); i++) {
      over += latency.boundsSeconds().get(i) > seconds ? latency.counts().get(i) : 0;
    }
    return over;
  }

  /// What is not the caller's doing and not the policy's word.
  private static boolean isError(RefusalCode code) {
    return switch (code) {
      case NO_PROVIDER_AVAILABLE,
          EXTENSION_NOT_FOUND,
          EXTENSION_TIMEOUT,
          EXTENSION_UNAVAILABLE,
          EXTENSION_ERROR,
          POST_PROCESSOR_FAILED ->
          true;
      case INVALID_REQUEST,
          POLICY_NOT_FOUND,
          RATE_LIMIT_EXCEEDED,
          QUOTA_EXCEEDED,
          BUDGET_EXCEEDED,
          DEADLINE_PASSED,
          VALIDATOR_BLOCKED ->
          false;
    };
  }

  private static List<Missed> missed(Sample began, Sample now) {
    long all = now.all() - began.all();
    List<Missed> missed = new ArrayList<>();
    if (all < SAMPLES_MIN) {
      return missed;
    }
    long overP95 = now.overP95() - began.overP95();
    long overP99 = now.overP99() - began.overP99();
    long errors = now.errors() - began.errors();
    if (overP95 * 100 > all * 5) {
      missed.add(new Missed("p95", said(overP95, all, "took over 100 ms (expected: 5 %)")));
    }
    if (overP99 * 100 > all) {
      missed.add(new Missed("p99", said(overP99, all, "took over 200 ms (expected: 1 %)")));
    }
    if (all >= ERROR_SAMPLES_MIN && (double) errors > (double) all * ERRORS_MAX) {
      missed.add(new Missed("errors", said(errors, all, "failed (expected: 0.1 %)")));
    }
    return missed;
  }

  private static String said(long some, long all, String what) {
    return some + " of " + all + " decisions of five minutes " + what;
  }
}
