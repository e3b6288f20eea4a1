package dev.reeve.quantum.simulator;

/// Passed through at least every 10 ms of work, so that a cancel is felt soon.
@FunctionalInterface
public interface Checkpoint {
  /// Returns if the work may go on.
  ///
  /// @throws dev.reeve.base.ProblemException when the caller has given up
  void pass();
}
