package dev.reeve.policy;

import java.util.Optional;

/// When the deny of an input rule becomes a question to a person.
///
/// @param minSeverityForDeny a milder finding asks
/// @param minConfidenceForDeny a less certain finding asks; 0 for never
/// @param downgradeWhenPromptOnly whether a request that describes no action asks
public record RequireHuman(
    Optional<RuleSeverity> minSeverityForDeny,
    double minConfidenceForDeny,
    boolean downgradeWhenPromptOnly) {
  public static final RequireHuman NEVER = new RequireHuman(Optional.empty(), 0, false);
}
