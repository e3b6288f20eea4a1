package dev.reeve.gateway;

import dev.reeve.base.Check;

/// How much one principal of one network may call.
///
/// @param perSecond calls a second in the long run
/// @param burst calls at once after a pause
public record CallRate(double perSecond, int burst) {
  public static final CallRate DEFAULT = new CallRate(50, 100);

  public CallRate {
    Check.argument(perSecond > 0, "perSecond: %s (expected: > 0)", perSecond);
    Check.argument(burst >= 1, "burst: %s (expected: >= 1)", burst);
  }
}
