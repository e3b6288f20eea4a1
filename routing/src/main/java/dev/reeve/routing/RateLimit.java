package dev.reeve.routing;

import dev.reeve.base.Check;

/// A bucket of tokens: full at first, and so many more after each whole period.
///
/// @param refill tokens that come with each period
/// @param burst tokens that fit
/// @param periodMs length of a period
public record RateLimit(long refill, long burst, long periodMs) {
  public RateLimit {
    Check.argument(refill >= 1, "refill: %s (expected: >= 1)", refill);
    Check.argument(burst >= 1, "burst: %s (expected: >= 1)", burst);
    Check.argument(periodMs >= 1, "periodMs: %s (expected: >= 1)", periodMs);
  }

  /// So many a second.
  public static RateLimit perSecond(long requests, long burst) {
    return new RateLimit(requests, burst, 1_000);
  }
}
