package dev.reeve.quantum.compiler;

import dev.reeve.quantum.CancelSignal;

/// The work that the comparisons of one circuit may take together, stretch after stretch: a few
/// seconds. Not for several threads.
final class CheckBudget {
  /// Gates times amplitudes.
  private static final long WORK_MAX = 1L << 32;

  private final CancelSignal cancel;
  private long left;

  /// @param cancel ends comparisons in their midst
  CheckBudget(CancelSignal cancel) {
    this(WORK_MAX, cancel);
  }

  /// @param work gates times amplitudes
  CheckBudget(long work, CancelSignal cancel) {
    this.left = work;
    this.cancel = cancel;
  }

  CancelSignal cancel() {
    return cancel;
  }

  /// Takes a piece of work off, when there is enough left for it.
  boolean takes(long work) {
    boolean enough = work <= left;
    left -= enough ? work : 0;
    return enough;
  }

  /// How many of these pieces of work there is enough left for, and takes them off.
  ///
  /// @param most no more than these
  int takes(long work, int most) {
    int pieces = (int) Math.min(most, left / work);
    left -= pieces * work;
    return pieces;
  }
}
