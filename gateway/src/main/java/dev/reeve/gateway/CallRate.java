package dev.reeve.gateway;

import dev.reeve.base.Check;

/// How much one principal may call: by the second from one network, and at once from all.
///
/// @param perSecond calls a second in the long run
/// @param burst calls at once after a pause
/// @param inProgressMax calls in progress, streams among them
public record CallRate(double perSecond, int burst, int inProgressMax) {
  public static final CallRate DEFAULT = new CallRate(50, 100, 5_000);

  public CallRate {
    Check.argument(perSecond > 0, "perSecond: %s (expected: > 0)", perSecond);
    Check.argument(burst >= 1, "burst: %s (expected: >= 1)", burst);
    Check.argument(inProgressMax >= 1, "inProgressMax: %s (expected: >= 1)", inProgressMax);
  }
}
