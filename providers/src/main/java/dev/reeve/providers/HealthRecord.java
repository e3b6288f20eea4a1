package dev.reeve.providers;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.reeve.service.provider.ProviderFailure;
import dev.reeve.service.provider.ProviderHealth;
import dev.reeve.service.provider.ProviderHealth.Status;

/// Counts how calls went. Safe on any thread.
final class HealthRecord {
  private static final int UNHEALTHY_AFTER = 3;

  /// Share of the newest call in the smoothed latency.
  private static final double NEWEST_SHARE = 0.2;

  @GuardedBy("this")
  private long calls;

  @GuardedBy("this")
  private long failures;

  @GuardedBy("this")
  private int failuresInRow;

  @GuardedBy("this")
  private double latencyMillis;

  @GuardedBy("this")
  private String lastFailure = "";

  synchronized void succeeded(long nanos) {
    calls++;
    failuresInRow = 0;
    lastFailure = "";
    double millis = nanos / 1e6;
    latencyMillis =
        latencyMillis == 0 ? millis : latencyMillis + NEWEST_SHARE * (millis - latencyMillis);
  }

  synchronized void failed(ProviderFailure failure) {
    calls++;
    if (!failure.errorClass().isOfCaller()) {
      failures++;
      failuresInRow++;
      lastFailure = failure.errorClass().status() + ": " + failure.message();
    }
  }

  synchronized ProviderHealth now() {
    Status status =
        calls == 0
            ? Status.UNKNOWN
            : failuresInRow == 0
                ? Status.HEALTHY
                : failuresInRow < UNHEALTHY_AFTER ? Status.DEGRADED : Status.UNHEALTHY;
    return new ProviderHealth(status, calls, failures, Math.round(latencyMillis), lastFailure);
  }
}
