package dev.reeve.engine;

/// A token bucket on the monotonic clock. Confined to the writer's thread.
final class RateBucket {
  private static final double NANOS_PER_SECOND = 1e9;

  private final double perSecond;
  private final int burst;
  private double tokens;
  private long filledAtNanos;

  RateBucket(double perSecond, int burst, long nowNanos) {
    this.perSecond = perSecond;
    this.burst = burst;
    tokens = burst;
    filledAtNanos = nowNanos;
  }

  /// Nanoseconds until a token is there; 0 when one is.
  long waitNanos(long nowNanos) {
    refill(nowNanos);
    return tokens >= 1 ? 0 : (long) Math.ceil((1 - tokens) / perSecond * NANOS_PER_SECOND);
  }

  void take(long nowNanos) {
    refill(nowNanos);
    tokens -= 1;
  }

  void giveBack() {
    tokens = Math.min(burst, tokens + 1);
  }

  private void refill(long nowNanos) {
    double gained = (nowNanos - filledAtNanos) / NANOS_PER_SECOND * perSecond;
    tokens = Math.min(burst, tokens + gained);
    filledAtNanos = nowNanos;
  }
}
