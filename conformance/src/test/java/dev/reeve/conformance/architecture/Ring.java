package dev.reeve.conformance.architecture;

/// How far out a module lives. Knowledge points inward: a ring may know earlier ones, never later.
enum Ring {
  /// Words everybody may use.
  FOUNDATION,
  /// The rules of one subject, pure.
  DOMAIN,
  /// Where jobs are decided and domains meet.
  ENGINE,
  /// One technology or protocol each.
  ADAPTER,
  /// What a user starts.
  APP,
  /// Tests, fixtures, benchmarks; never shipped.
  PROOF
}
