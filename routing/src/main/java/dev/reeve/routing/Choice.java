package dev.reeve.routing;

import java.util.Optional;

/// The provider that was chosen, before anything was counted.
///
/// @param index of the target
/// @param algorithm how, for the metadata; empty when the reason says it all
/// @param ruleId the rule of the policy that named it, such as `fallbacks[0]`; empty without one
/// @param retry when it is the one that failed, once more
/// @param asLastResort taken although it is down
record Choice(
    int index,
    RouteReason reason,
    String algorithm,
    String ruleId,
    Optional<RetryAdvice> retry,
    boolean asLastResort) {
  static Choice of(int index, RouteReason reason, String algorithm) {
    return new Choice(index, reason, algorithm, "", Optional.empty(), false);
  }

  static Choice byRule(int index, RouteReason reason, String ruleId) {
    return new Choice(index, reason, "", ruleId, Optional.empty(), false);
  }

  boolean isFallback() {
    return reason == RouteReason.FALLBACK || reason == RouteReason.CIRCUIT_BREAKER_FALLBACK;
  }

  /// Whether a fallback rule named it, whose retries are used up or that has none.
  boolean followsRetries() {
    return reason == RouteReason.FALLBACK && ruleId.startsWith("fallbacks[");
  }

  /// Whether the policy's strategy chose it, which is what pins a session.
  boolean isByStrategy() {
    return switch (reason) {
      case WEIGHTED, BEST_SCORE, PRIORITY, RANDOM -> true;
      case STICKY, POLICY, RETRY, FALLBACK, CIRCUIT_BREAKER_FALLBACK -> false;
    };
  }
}
