package dev.reeve.governance.cdi;

/// What the decision point says. Anything but [#ALLOW] is refused.
public enum CdiVerdict {
  ALLOW,
  /// Another form of the action would be allowed.
  TRANSFORM,
  DENY,
  /// It cannot be judged, and strictness is off.
  UNCERTAIN
}
