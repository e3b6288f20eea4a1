package dev.reeve.policy;

/// A count on which a decision rests. Whoever makes the decision durable counts again and decides
/// anew when the answer differs.
///
/// @param key rule and values that are counted together
/// @param member the job; blank when it has no id, and then each request counts
/// @param maxRequests as in the rule
/// @param windowSeconds as in the rule
/// @param exceeded what the decision took for true
public record VelocityCheck(
    String key, String member, long maxRequests, int windowSeconds, boolean exceeded) {
  VelocityCheck answered(boolean isExceeded) {
    return new VelocityCheck(key, member, maxRequests, windowSeconds, isExceeded);
  }
}
