package dev.reeve.service.decider;

import dev.reeve.policy.PolicyDecision;
import dev.reeve.policy.PolicyInput;

/// A policy elsewhere that is asked about jobs: a port.
@FunctionalInterface
public interface PolicyDecider {
  /// Asks. Blocks, at most for the decider's own time limit; ends early with the caller's call.
  ///
  /// The decision carries rule and snapshot in the decider's own words.
  DeciderAnswer<PolicyDecision> decide(PolicyInput input);
}
