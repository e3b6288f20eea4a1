package dev.reeve.quantum.simulator;

import org.jspecify.annotations.Nullable;

/// The outcomes a branch has drawn, newest first. Branches share the part they have in common.
///
/// @param one whether the newest outcome is one
/// @param earlier what was drawn before it
/// @param length outcomes in all
record History(boolean one, @Nullable History earlier, int length) {
  static History append(@Nullable History earlier, boolean one) {
    return new History(one, earlier, earlier == null ? 1 : earlier.length + 1);
  }

  /// The outcomes in the order they were drawn.
  static boolean[] inOrder(@Nullable History newest) {
    boolean[] outcomes = new boolean[newest == null ? 0 : newest.length];
    int at = outcomes.length;
    for (History each = newest; each != null; each = each.earlier) {
      outcomes[--at] = each.one;
    }
    return outcomes;
  }
}
