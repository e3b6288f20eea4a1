package dev.reeve.quantum.compiler;

/// The work that the comparisons of one circuit may take together, stretch after stretch: a few
/// seconds. Not for several threads.
final class CheckBudget {
  /// Gates times amplitudes.
  private static final long WORK_MAX = 1L << 32;

  private long left;

  CheckBudget() {
    this(WORK_MAX);
  }

  /// @param work gates times amplitudes
  CheckBudget(long work) {
    this.left = work;
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
