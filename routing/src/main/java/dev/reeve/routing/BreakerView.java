package dev.reeve.routing;

/// A breaker as operators see it.
///
/// @param failuresInRow since the last success
/// @param samples calls within the window of the policy that fed it last
/// @param errorRate share of them that failed, 0 to 1
/// @param remainingMs until an open breaker lets a call through; 0 otherwise
/// @param reason what opened it last: `failures`, `error_rate`, `latency`, `half_open_failure`;
///   empty when it never was open
public record BreakerView(
    String tenantId,
    String providerId,
    BreakerState state,
    int failuresInRow,
    int samples,
    double errorRate,
    long remainingMs,
    String reason) {}
