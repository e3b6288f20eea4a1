package dev.reeve.routing;

/// Why a provider was chosen, with the name and the strength that callers see.
public enum RouteReason {
  /// A session's pin.
  STICKY("sticky", 100),
  /// A rule of the policy preferred it.
  POLICY("policy", 75),
  /// Drawn by weight.
  WEIGHTED("weighted", 50),
  /// Best by expected latency, cost and health.
  BEST_SCORE("best_score", 50),
  /// First by the priority of providers.
  PRIORITY("priority", 50),
  /// Drawn evenly.
  RANDOM("random", 50),
  /// The provider that failed, once more.
  RETRY("retry", 50),
  /// Chosen since nothing better was left.
  FALLBACK("fallback", 25),
  /// The provider that the caller had chosen has an open breaker.
  CIRCUIT_BREAKER_FALLBACK("circuit_breaker_fallback", 20);

  private final String wireName;
  private final int priority;

  RouteReason(String wireName, int priority) {
    this.wireName = wireName;
    this.priority = priority;
  }

  /// As `reason` is written.
  public String wireName() {
    return wireName;
  }

  /// How strong the basis of the decision is, 0 to 100.
  public int priority() {
    return priority;
  }
}
