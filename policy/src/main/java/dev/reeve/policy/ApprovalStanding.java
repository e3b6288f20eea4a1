package dev.reeve.policy;

import dev.reeve.base.Problem;

/// Whether an approval may still be given when somebody at last decides.
public sealed interface ApprovalStanding {
  /// The request and the policy are those of the hold.
  record Current() implements ApprovalStanding {}

  /// The policy changed, and the new one allows the request or asks for the same approval.
  ///
  /// @param snapshot id of the new policy, which the approval then names
  record Refreshed(String snapshot) implements ApprovalStanding {}

  /// The approval must not be given.
  ///
  /// @param problem why, for the one who decides
  record Stale(Problem problem) implements ApprovalStanding {}
}
