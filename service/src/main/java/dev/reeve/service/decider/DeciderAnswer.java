package dev.reeve.service.decider;

import dev.reeve.base.Problem;

/// What came of asking a decider.
///
/// @param <T> what it decides
public sealed interface DeciderAnswer<T> {
  /// It answered.
  record Decided<T>(T decision) implements DeciderAnswer<T> {}

  /// It did not answer, and that is its own fault: the fail mode says what holds.
  ///
  /// @param reason for operators
  record Outage<T>(String reason) implements DeciderAnswer<T> {}

  /// It was not asked, or not to the end, for a reason that lies with the caller or with us: the
  /// call was cancelled, its own deadline was too near, too many are asked already. Never a reason
  /// to go on without the decider, whatever the fail mode, or a caller could choose to.
  record Withdrawn<T>(Problem problem) implements DeciderAnswer<T> {}
}
