package dev.reeve.service.decider;

import dev.reeve.base.Problem;
import dev.reeve.policy.PolicyDecision;

/// What our policy and those chained to it say together.
public sealed interface Ruling {
  /// All who had to be asked have decided.
  record Decided(PolicyDecision decision) implements Ruling {}

  /// Our decision alone, because another decider did not answer and its fail mode is open.
  ///
  /// @param decision ours
  /// @param decider who was not heard
  /// @param reason why not
  record Bypassed(PolicyDecision decision, String decider, String reason) implements Ruling {}

  /// Nothing is decided.
  record Undecided(Problem problem) implements Ruling {}
}
