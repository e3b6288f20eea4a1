package dev.reeve.base;

/// What sort of refusal a [Problem] is. Each kind has exactly one gRPC status and one HTTP status.
public enum ProblemKind {
  /// The caller sent something malformed or out of bounds; sending it again cannot help.
  INVALID,
  /// No credential, or one that is not valid.
  UNAUTHENTICATED,
  /// The caller is known and may not do this, or policy said no.
  DENIED,
  /// The named thing does not exist for this caller.
  NOT_FOUND,
  /// The name is taken by something else.
  CONFLICT,
  /// The thing is not in a state in which this can be done.
  PRECONDITION,
  /// A rate, quota or size is used up.
  EXHAUSTED,
  /// A part that is needed cannot answer now; trying again may help.
  UNAVAILABLE,
  /// The deadline passed.
  TIMEOUT,
  /// The caller or an operator gave up.
  CANCELLED,
  /// A cursor points outside what is kept.
  OUT_OF_RANGE,
  /// The capability is known and not offered.
  UNIMPLEMENTED,
  /// A defect of ours.
  INTERNAL
}
