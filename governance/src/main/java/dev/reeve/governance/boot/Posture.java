package dev.reeve.governance.boot;

/// What the server lets pass, from all to nothing.
public enum Posture {
  /// Everything that the other stations let pass.
  NORMAL,
  /// Only what changes nothing.
  DEFENSIVE,
  /// Nothing, until an administrator unlocks it.
  FAIL_CLOSED
}
