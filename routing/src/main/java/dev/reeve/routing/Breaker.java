package dev.reeve.routing;

import dev.reeve.routing.PolicyBody.Breaking;
import java.util.HashMap;
import java.util.Map;

/// The circuit breaker of one provider for one tenant. Opens on failures in a row, and on the share
/// of failures or of slow calls in its window once there are enough of them to speak of a share:
/// one sample never opens it by a share. Thread-safe; asking a closed one takes no lock.
final class Breaker {
  private static final long NANOS_PER_MS = 1_000_000;
  private static final int WINDOWS_MAX = 4;

  /// The longest window: a failure before it counts for nothing.
  private static final long HEALTH_NANOS_MAX = 3_600_000_000_000L;

  private final BreakerCounters counters;
  private volatile BreakerState state = BreakerState.CLOSED;
  private final Map<Integer, CallWindow> windows = new HashMap<>();
  private CallWindow latest = window(Breaking.OFF);
  private int failuresInRow;
  private int successes;
  private int trials;
  private long changedNanos;
  private long openNanos;
  private String reason = "";
  private boolean fed;
  private volatile boolean hasFailed;
  private volatile long failedNanos;

  /// @param counters of all breakers of the router
  Breaker(BreakerCounters counters) {
    this.counters = counters;
  }

  /// Whether a call may go to the provider now. Takes nothing.
  boolean allows(Breaking rule, long nowNanos) {
    return state == BreakerState.CLOSED || mayTry(rule, nowNanos);
  }

  private synchronized boolean mayTry(Breaking rule, long nowNanos) {
    return switch (state) {
      case CLOSED -> true;
      case OPEN -> nowNanos - changedNanos >= rule.timeoutMs() * NANOS_PER_MS;
      case HALF_OPEN -> trials < rule.halfOpenMaxCalls() || trialsAreOverdue(rule, nowNanos);
    };
  }

  /// Trials whose results never came must not shut a provider out for ever.
  private boolean trialsAreOverdue(Breaking rule, long nowNanos) {
    return nowNanos - changedNanos >= rule.timeoutMs() * NANOS_PER_MS;
  }

  /// Lets one call through, if one may: counts it as a trial when the breaker is not closed.
  boolean acquire(Breaking rule, long nowNanos) {
    return state == BreakerState.CLOSED || tryOnce(rule, nowNanos);
  }

  private synchronized boolean tryOnce(Breaking rule, long nowNanos) {
    if (!mayTry(rule, nowNanos)) {
      counters.count(BreakerCounters.Event.REFUSED);
      return false;
    }
    if (state == BreakerState.OPEN) {
      change(BreakerState.HALF_OPEN, nowNanos);
    } else if (state == BreakerState.HALF_OPEN && trials >= rule.halfOpenMaxCalls()) {
      trials = 0;
      changedNanos = nowNanos;
    }
    trials++;
    return true;
  }

  /// Takes in how a call went. A class that says nothing about the provider leaves it as it is.
  synchronized void feed(Breaking rule, FailureClass failure, long latencyMs, long nowNanos) {
    boolean failed = failure.countsForBreaker();
    if (!failed && failure != FailureClass.NONE) {
      return;
    }
    fed = true;
    counters.count(failed ? BreakerCounters.Event.FAILURE : BreakerCounters.Event.SUCCESS);
    CallWindow window = window(rule);
    latest = window;
    boolean slow = latencyMs > rule.latencyThresholdMs();
    windows.values().forEach(each -> each.add(nowNanos, failed, slow));
    failuresInRow = failed ? failuresInRow + 1 : 0;
    if (failed) {
      failedNanos = nowNanos;
      hasFailed = true;
    }
    if (!rule.enabled()) {
      return;
    }
    switch (state) {
      case CLOSED -> openIfDue(rule, window, nowNanos);
      case OPEN -> {}
      case HALF_OPEN -> trialEnded(rule, failed, nowNanos);
    }
  }

  private void openIfDue(Breaking rule, CallWindow window, long nowNanos) {
    boolean enough = window.calls(nowNanos) >= rule.minimumCalls();
    if (failuresInRow >= rule.failureThreshold()) {
      open("failures", rule, nowNanos);
    } else if (enough && isReached(window.errorRate(nowNanos), rule)) {
      open("error_rate", rule, nowNanos);
    } else if (enough && isReached(window.slowRate(nowNanos), rule)) {
      open("latency", rule, nowNanos);
    }
  }

  /// A threshold of 0 is not reached by a share of 0.
  private static boolean isReached(double share, Breaking rule) {
    return share > 0 && share >= rule.errorRateThreshold();
  }

  private void trialEnded(Breaking rule, boolean failed, long nowNanos) {
    if (failed) {
      open("half_open_failure", rule, nowNanos);
      return;
    }
    trials = Math.max(0, trials - 1);
    successes++;
    if (successes >= rule.successThreshold()) {
      change(BreakerState.CLOSED, nowNanos);
      failuresInRow = 0;
      windows.values().forEach(CallWindow::clear);
    }
  }

  private void open(String why, Breaking rule, long nowNanos) {
    reason = why;
    openNanos = rule.timeoutMs() * NANOS_PER_MS;
    change(BreakerState.OPEN, nowNanos);
  }

  private void change(BreakerState next, long nowNanos) {
    counters.moved(state, next);
    state = next;
    changedNanos = nowNanos;
    trials = 0;
    successes = 0;
  }

  BreakerState state() {
    return state;
  }

  /// Share of calls that went well lately, 0 to 1; 1 when there were none.
  double health(long nowNanos) {
    boolean spotless = !hasFailed || nowNanos - failedNanos > HEALTH_NANOS_MAX;
    return state == BreakerState.CLOSED && spotless ? 1 : shareOfGood(nowNanos);
  }

  private synchronized double shareOfGood(long nowNanos) {
    double health = 1 - latest.errorRate(nowNanos);
    return state == BreakerState.CLOSED ? health : health / 2;
  }

  synchronized boolean isFed() {
    return fed;
  }

  /// Policies with windows of their own length each see all calls.
  private CallWindow window(Breaking rule) {
    CallWindow window = windows.get(rule.windowSeconds());
    if (window == null) {
      if (windows.size() >= WINDOWS_MAX) {
        windows.clear();
      }
      window = new CallWindow(rule.windowSeconds());
      windows.put(rule.windowSeconds(), window);
    }
    return window;
  }

  synchronized BreakerView view(String tenantId, String providerId, long nowNanos) {
    long remainingNanos = state == BreakerState.OPEN ? changedNanos + openNanos - nowNanos : 0;
    return new BreakerView(
        tenantId,
        providerId,
        state,
        failuresInRow,
        latest.calls(nowNanos),
        latest.errorRate(nowNanos),
        Math.max(0, remainingNanos / NANOS_PER_MS),
        reason);
  }
}
