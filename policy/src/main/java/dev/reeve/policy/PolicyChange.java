package dev.reeve.policy;

import java.util.List;

/// A difference between two policies.
///
/// @param kind what happened
/// @param what a rule's id, or a key of the policy
/// @param parts the parts of it that changed; empty when all of it did
public record PolicyChange(Kind kind, String what, List<String> parts) {
  /// What happened to a part of a policy.
  public enum Kind {
    ADDED,
    REMOVED,
    CHANGED,
    /// Stands elsewhere in the order, so that another rule may match first.
    MOVED
  }

  public PolicyChange {
    parts = List.copyOf(parts);
  }
}
