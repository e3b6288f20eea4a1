package dev.reeve.routing;

import dev.reeve.base.Check;

/// How the call that a decision named went. Feeds breaker, expectations, quotas and budgets, under
/// the policy that made the decision.
///
/// @param policyId the decision's; empty when no decision was made
/// @param policyVersion the decision's; a version that is gone counts as the newest
/// @param taskType the decision's
/// @param user for quotas by user; may be empty
/// @param key for quotas by key; may be empty
/// @param latencyMs how long it took; 0 when not known; more than an hour counts as one
/// @param cost in the currency of the price table; 0 when not known: tokens by the table's price
/// @param inputTokens 0 when not known
/// @param outputTokens 0 when not known
/// @param retryAfterMs for how long the provider wants to be left alone; 0 when it did not say
public record RouteResult(
    String tenantId,
    String policyId,
    long policyVersion,
    String providerId,
    String taskType,
    String user,
    String key,
    FailureClass failure,
    long latencyMs,
    double cost,
    long inputTokens,
    long outputTokens,
    long retryAfterMs) {
  /// What is learned at most: no assignment may name more as its expected latency.
  public static final long LATENCY_MS_MAX = 3_600_000;

  public RouteResult {
    Check.argument(latencyMs >= 0, "latencyMs: %s (expected: >= 0)", latencyMs);
    latencyMs = Math.min(latencyMs, LATENCY_MS_MAX);
    Check.argument(cost >= 0 && cost < Double.POSITIVE_INFINITY, "cost: %s (expected: >= 0)", cost);
    Check.argument(inputTokens >= 0 && outputTokens >= 0, "tokens (expected: >= 0)");
  }

  /// The result of a decision, with latency and cost alone.
  public static RouteResult of(
      String tenantId,
      RouteDecision decision,
      String taskType,
      FailureClass failure,
      long latencyMs,
      double cost) {
    return new RouteResult(
        tenantId,
        decision.policyId(),
        decision.policyVersion(),
        decision.providerId(),
        taskType,
        "",
        "",
        failure,
        latencyMs,
        cost,
        0,
        0,
        0);
  }
}
