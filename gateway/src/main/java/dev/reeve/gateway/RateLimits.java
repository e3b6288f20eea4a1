package dev.reeve.gateway;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.reeve.base.Problem;
import dev.reeve.engine.MonotonicClock;
import dev.reeve.service.Caller;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A token bucket for each principal and network. The local operator is not asked.
///
/// At most 10,000 buckets are kept; the one that was used longest ago makes room, which is full
/// again by then. Thread-safe; the lock is held for one look-up.
final class RateLimits {
  private static final int BUCKETS_MAX = 10_000;

  private record Key(String home, String principal, String network) {}

  private record Bucket(double tokens, long atNanos) {}

  private final CallRate limits;
  private final MonotonicClock clock;

  @GuardedBy("this")
  private final Map<Key, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

  RateLimits(CallRate limits, MonotonicClock clock) {
    this.limits = limits;
    this.clock = clock;
  }

  /// Takes one call's token, or says when there is one.
  synchronized Optional<Problem> take(Caller caller) {
    Key key = new Key(caller.home(), caller.principal(), AddressPrefix.of(caller.address()));
    long now = clock.nanos();
    Bucket before = buckets.getOrDefault(key, new Bucket(limits.burst(), now));
    double seconds = (now - before.atNanos()) / 1e9;
    double tokens = Math.min(limits.burst(), before.tokens() + seconds * limits.perSecond());
    boolean allowed = tokens >= 1;
    buckets.put(key, new Bucket(allowed ? tokens - 1 : tokens, now));
    if (buckets.size() > BUCKETS_MAX) {
      buckets.remove(buckets.keySet().iterator().next());
    }
    return allowed ? Optional.empty() : Optional.of(refusal(1 - tokens));
  }

  private Problem refusal(double missing) {
    Duration wait = Duration.ofMillis((long) Math.ceil(1_000 * missing / limits.perSecond()));
    return GatewayProblems.RATE_EXHAUSTED
        .because("calls: too many (expected: at most " + limits.perSecond() + " a second)")
        .withRetryAfter(wait);
  }
}
