package dev.reeve.policy;

import java.util.Optional;

/// A rule about what goes out, as the file says it. It is applied where results are checked.
///
/// @param decision what happens to a result that matches
/// @param hasError whether the result must carry an error, or must not
public record OutputRule(
    String id,
    boolean enabled,
    RuleSeverity severity,
    String description,
    ContentMatch match,
    Optional<Boolean> hasError,
    Action decision,
    String reason) {
  /// What can happen to a result.
  public enum Action {
    ALLOW,
    REDACT,
    QUARANTINE
  }
}
