package dev.reeve.routing;

import dev.reeve.base.Check;

/// What was used of one quota, in the window that runs or ran last: for operators, and to be kept
/// over a restart.
///
/// @param resource `requests`, `tokens` or `cost`
/// @param per `tenant`, `user`, `key` or `provider`
/// @param who user, key or provider, a digest when its name is long; empty for a tenant as a whole
/// @param windowMs length of the window
/// @param window its number: windows are counted from the epoch
/// @param used requests, tokens or money
public record QuotaUse(
    String tenantId,
    String policyId,
    String resource,
    String per,
    String who,
    long windowMs,
    long window,
    double used) {
  public QuotaUse {
    Check.argument(windowMs >= 1, "windowMs: %s (expected: >= 1)", windowMs);
    Check.argument(used >= 0, "used: %s (expected: >= 0)", used);
  }

  /// When the window ends, epoch milliseconds.
  public long endsAtMs() {
    return (window + 1) * windowMs;
  }
}
