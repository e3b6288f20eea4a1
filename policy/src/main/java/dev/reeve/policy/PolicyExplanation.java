package dev.reeve.policy;

import java.util.List;

/// A decision and how it came about.
///
/// @param decision what was decided
/// @param tenant for whom
/// @param trace what the rules said, in the order in which they were asked
public record PolicyExplanation(PolicyDecision decision, String tenant, List<RuleTrace> trace) {
  public PolicyExplanation {
    trace = List.copyOf(trace);
  }
}
