package dev.reeve.service.provider;

/// How the latest calls of a provider went.
///
/// @param status what they say
/// @param calls calls that ended
/// @param failures those of them that failed for its sake
/// @param latencyMillis smoothed time until an answer, in milliseconds; 0 before the first
/// @param lastFailure words for people; empty when there was none since the last success
public record ProviderHealth(
    Status status, long calls, long failures, long latencyMillis, String lastFailure) {
  /// What the latest calls say.
  public enum Status {
    /// Nothing was called yet.
    UNKNOWN,
    HEALTHY,
    /// The latest call failed.
    DEGRADED,
    /// Several in a row failed.
    UNHEALTHY
  }
}
