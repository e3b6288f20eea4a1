package dev.reeve.routing;

/// A bucket of tokens. Takes the limit with each call, so that a change of the policy holds at
/// once. Thread-safe.
final class Bucket {
  private static final long NANOS_PER_MS = 1_000_000;

  private boolean begun;
  private double tokens;
  private long periodBeganNanos;

  /// Takes a token.
  ///
  /// @param count false only looks
  /// @return 0, or the milliseconds until there is a token
  synchronized long take(RateLimit limit, long nowNanos, boolean count) {
    long periodNanos = limit.periodMs() * NANOS_PER_MS;
    refill(limit, periodNanos, nowNanos);
    if (tokens < 1) {
      long waitNanos = periodBeganNanos + periodNanos - nowNanos;
      return Math.max(1, (waitNanos + NANOS_PER_MS - 1) / NANOS_PER_MS);
    }
    if (count) {
      tokens -= 1;
    }
    return 0;
  }

  synchronized void giveBack() {
    tokens += 1;
  }

  private void refill(RateLimit limit, long periodNanos, long nowNanos) {
    if (!begun) {
      begun = true;
      tokens = (double) limit.burst();
      periodBeganNanos = nowNanos;
      return;
    }
    long periods = Math.max(0, (nowNanos - periodBeganNanos) / periodNanos);
    tokens = Math.min((double) limit.burst(), tokens + (double) periods * (double) limit.refill());
    periodBeganNanos += periods * periodNanos;
  }
}
