package dev.reeve.policy;

import java.util.Optional;

/// A rule about what comes in. It can only tighten what the other rules decided.
///
/// @param id its name, unique among the input rules
/// @param enabled whether it is asked
/// @param reach for whom it is there
/// @param severity how bad a match is
/// @param match what it looks for
/// @param scope what an instruction may cover
/// @param decision deny or require_approval
/// @param reason words for people; may be empty
public record InputRule(
    String id,
    boolean enabled,
    PolicyRule.Reach reach,
    RuleSeverity severity,
    ContentMatch match,
    Optional<InputScope> scope,
    Decision decision,
    String reason) {
  InputRule asInvariant() {
    return new InputRule(
        id, enabled, reach.asInvariant(), severity, match, scope, decision, reason);
  }
}
