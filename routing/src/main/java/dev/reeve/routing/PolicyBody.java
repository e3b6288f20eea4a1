package dev.reeve.routing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// What a policy says, ready to be applied.
record PolicyBody(
    Targets targets,
    Selection selection,
    Optional<Sticky> sticky,
    Failover failover,
    Pipeline pipeline,
    Protection protection) {

  /// How one of several providers is chosen.
  enum Strategy {
    /// Drawn by weight.
    WEIGHTED,
    /// In turn by weight, smoothly.
    ROUND_ROBIN,
    BEST_SCORE,
    /// The lowest expected latency.
    LATENCY,
    /// The lowest expected cost.
    PRICE,
    /// The highest priority; by weight among equals.
    PRIORITY,
    /// Drawn evenly.
    RANDOM
  }

  /// How much latency, cost and health count for the score; they add up to 1.
  record Score(double latency, double cost, double health) {
    static final Score DEFAULT = new Score(0.4, 0.4, 0.2);
  }

  record Selection(Strategy strategy, Score score, List<PreferRule> rules) {}

  /// @param match when it holds
  /// @param source the match as written
  /// @param prefer indexes of targets
  /// @param fallback index of a target, or -1
  record PreferRule(RouteCondition match, String source, List<Integer> prefer, int fallback) {
    /// The administration API's way to name a fallback for everything: not a preference.
    boolean isPlainFallback() {
      return source.isBlank() && prefer.isEmpty();
    }
  }

  record Sticky(String sessionKey, long ttlMs) {}

  /// @param legacy index of the target of the older form, or -1
  /// @param legacyStatuses the failures it is for; empty for all
  /// @param lastResort index of a target that is taken when all others are down, or -1
  record Failover(
      List<FallbackRule> rules, int legacy, List<String> legacyStatuses, int lastResort) {}

  /// @param to index of a target
  record FallbackRule(RouteCondition when, int retry, Backoff backoff, int to) {}

  enum Growth {
    EXPONENTIAL,
    LINEAR,
    FIXED
  }

  /// @param maxMs `Long.MAX_VALUE` when nothing was said
  record Backoff(Growth growth, long baseMs, long maxMs, boolean jitter) {}

  record Pipeline(List<Extension> pre, List<Extension> validators, List<Extension> post) {
    boolean isEmpty() {
      return pre.isEmpty() && validators.isEmpty() && post.isEmpty();
    }
  }

  /// What a failing validator does.
  enum OnFail {
    BLOCK,
    WARN,
    IGNORE
  }

  /// @param required a failure ends the decision; for a validator, [#onFail] says
  record Extension(
      ExtensionType type,
      String id,
      boolean required,
      OnFail onFail,
      Map<String, Object> config,
      OptionalInt timeoutMs,
      OptionalInt retry,
      RouteCondition when) {}

  record Protection(
      Breaking breaker, Optional<Limit> rateLimit, List<Quota> quotas, OptionalInt timeoutMs) {}

  /// @param minimumCalls within the window before a rate says anything
  record Breaking(
      boolean enabled,
      int failureThreshold,
      int successThreshold,
      long timeoutMs,
      int halfOpenMaxCalls,
      double errorRateThreshold,
      int windowSeconds,
      long latencyThresholdMs,
      int minimumCalls) {
    static final Breaking OFF = new Breaking(false, 5, 2, 60_000, 3, 0.5, 60, 5_000, 10);
  }

  enum LimitScope {
    POLICY,
    TENANT,
    GLOBAL
  }

  record Limit(LimitScope scope, RateLimit limit) {}

  enum Resource {
    REQUESTS,
    TOKENS,
    COST
  }

  enum Per {
    TENANT,
    USER,
    KEY,
    /// Leaves the provider out instead of refusing.
    PROVIDER
  }

  /// @param soft warns and prefers cheaper providers instead of refusing
  record Quota(Resource resource, Per per, double limit, long windowMs, boolean soft) {}
}
