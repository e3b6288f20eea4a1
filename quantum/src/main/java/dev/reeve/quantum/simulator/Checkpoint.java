package dev.reeve.quantum.simulator;

import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.QuantumProblems;

/// Passed through at least every 10 ms of work, so that a cancel is felt soon.
@FunctionalInterface
public interface Checkpoint {
  /// Returns if the work may go on.
  ///
  /// @throws dev.reeve.base.ProblemException when the caller has given up
  void pass();

  /// Stops when this signal fires.
  static Checkpoint of(CancelSignal cancel) {
    return () -> {
      if (cancel.isCancelled()) {
        throw QuantumProblems.QUANTUM_CANCELLED.because("cancelled while running").toException();
      }
    };
  }
}
