package dev.reeve.gateway.beamline.worker;

import dev.reeve.base.Problem;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Gives work at once to the provider that a routing decision named. Safe on any thread; does not
/// block.
public interface Assignments {
  /// Why work cannot be given as a request asks, whoever is chosen, if it cannot.
  ///
  /// @param subject where workers listen; empty for `caf.exec.assign.v1`
  /// @param options the request's `options` as a JSON object; empty for none
  /// @return an `ASSIGNMENT_INVALID`
  Optional<Problem> refusal(String subject, String options);

  /// Why this order is out of bounds, if it is: what [#push] would fail with at once.
  ///
  /// @return an `ASSIGNMENT_INVALID`
  Optional<Problem> refusal(AssignmentOrder order);

  /// Publishes the assignment. Its result will feed the router under the policy that made the
  /// decision.
  ///
  /// @return the assignment's id, once the broker has it. Fails with `ASSIGNMENT_INVALID` when the
  ///   order is out of bounds, and with a problem of the bus when nobody knows whether it is kept
  CompletableFuture<String> push(AssignmentOrder order);
}
