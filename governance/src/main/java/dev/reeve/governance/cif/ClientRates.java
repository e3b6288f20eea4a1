package dev.reeve.governance.cif;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.reeve.base.Check;
import java.util.LinkedHashMap;
import java.util.Map;

/// A token bucket for each client: the first request of a client finds it full; it refills by whole
/// tokens. At most 10,000 buckets are kept; the one used longest ago makes room. Thread-safe.
public final class ClientRates {
  private static final int BUCKETS_MAX = 10_000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  /// How much one client may send.
  ///
  /// @param windowMillis the time in which an empty bucket becomes full
  /// @param maxRequests what a full bucket holds
  public record Rate(long windowMillis, int maxRequests) {
    /// 100 requests a minute.
    public static final Rate DEFAULT = new Rate(60_000, 100);

    public Rate {
      Check.argument(windowMillis > 0, "windowMs: %s (expected: > 0)", windowMillis);
      Check.argument(maxRequests >= 0, "maxRequests: %s (expected: >= 0)", maxRequests);
    }
  }

  private record Bucket(long tokens, long atNanos) {}

  @GuardedBy("this")
  private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

  /// Takes one request's token.
  ///
  /// @param nowNanos of a clock that never goes back
  /// @return whether there was one
  public synchronized boolean take(String client, Rate rate, long nowNanos) {
    Bucket before = buckets.getOrDefault(client, new Bucket(rate.maxRequests(), nowNanos));
    double windows =
        (nowNanos - before.atNanos()) / ((double) rate.windowMillis() * NANOS_PER_MILLI);
    long refill = (long) Math.floor(windows * rate.maxRequests());
    long tokens = Math.min(rate.maxRequests(), before.tokens() + refill);
    // The rest of a token that was not refilled yet stays counted.
    long since = refill > 0 ? nowNanos : before.atNanos();
    boolean allowed = tokens >= 1;
    buckets.put(client, new Bucket(allowed ? tokens - 1 : tokens, since));
    if (buckets.size() > BUCKETS_MAX) {
      buckets.remove(buckets.keySet().iterator().next());
    }
    return allowed;
  }
}
