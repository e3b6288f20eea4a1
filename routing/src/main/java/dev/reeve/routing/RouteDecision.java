package dev.reeve.routing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// The provider that takes the call, and why.
///
/// @param providerLabel its name for people, from the catalogue; may be empty
/// @param reason why this one
/// @param expectedLatencyMs median of what was observed, else what the catalogue says, else 500
/// @param expectedCost of one call, by the same order, else 0.01
/// @param metadata texts: the request's context, each value that is no text as its JSON, and over
///   it our own: `policy_id`, `policy_version`, `algorithm`, `retry_attempt`, `backoff_ms`, ...
/// @param policyId the policy that decided
/// @param policyVersion its number in the store, from 1
/// @param policyHash hex SHA-256 of its canonical source
/// @param stickyKey the session's value when the policy pins sessions and one was given, else empty
/// @param fallbackUsed whether a fallback of any kind named the provider
/// @param retry what to wait and how often, when the reason is `retry`
/// @param pinExpiresAtMs when the session's pin ends if nobody asks again, epoch milliseconds; 0
///   when there is none
/// @param timeoutMs how long the provider may take by the policy, if it says so
/// @param payload the payload as extensions left it; empty when none changed it
public record RouteDecision(
    String providerId,
    String providerLabel,
    RouteReason reason,
    long expectedLatencyMs,
    double expectedCost,
    Map<String, String> metadata,
    String policyId,
    long policyVersion,
    String policyHash,
    String stickyKey,
    boolean fallbackUsed,
    Optional<RetryAdvice> retry,
    long pinExpiresAtMs,
    OptionalLong timeoutMs,
    Optional<Object> payload,
    List<ExtensionTrace> extensions,
    Optional<RouteExplanation> explanation)
    implements RouteOutcome {

  /// How strong the basis of the decision is, 0 to 100.
  public int priority() {
    return reason.priority();
  }
}
