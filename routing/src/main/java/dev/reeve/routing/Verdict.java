package dev.reeve.routing;

/// What stands between a provider and a call; the first that applies is named.
public enum Verdict {
  AVAILABLE("available"),
  /// Named by the request's `ignore`, or not by its `only`.
  EXCLUDED("excluded by the request"),
  UNHEALTHY("unhealthy"),
  /// It asked for a pause and that is not over.
  COOLING_DOWN("cooling down"),
  BREAKER_OPEN("breaker open"),
  OVER_MAX_LATENCY("over max_latency_ms"),
  OVER_MAX_COST("over max_cost"),
  QUOTA_USED("quota used up"),
  /// A soft quota is used up and another provider is cheaper.
  DEARER("dearer while a soft quota is used up"),
  /// Weight 0: only rules and fallbacks name it.
  NO_WEIGHT("weight 0");

  private final String words;

  Verdict(String words) {
    this.words = words;
  }

  /// For people, in messages and explanations.
  public String words() {
    return words;
  }
}
