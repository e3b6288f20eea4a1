package dev.reeve.gateway.beamline.worker;

import java.util.concurrent.CompletableFuture;

/// Gives work at once to the provider that a routing decision named. Safe on any thread; does not
/// block.
@FunctionalInterface
public interface Assignments {
  /// Publishes the assignment. Its result will feed the router under the policy that made the
  /// decision.
  ///
  /// @return the assignment's id, once the broker has it. Fails with `ASSIGNMENT_INVALID` when the
  ///   order is out of bounds, and with a problem of the bus when nobody knows whether it is kept
  CompletableFuture<String> push(AssignmentOrder order);
}
