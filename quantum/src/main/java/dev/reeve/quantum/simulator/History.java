package dev.reeve.quantum.simulator;

import org.jspecify.annotations.Nullable;

/// What a branch has drawn other than zero, newest first. Branches share the part they have in
/// common.
///
/// @param draw number of the draw, from 0
/// @param outcome what came of it; never 0
/// @param earlier what was drawn before it
/// @param length outcomes in all
record History(int draw, int outcome, @Nullable History earlier, int length) {
  static History append(@Nullable History earlier, int draw, int outcome) {
    return new History(draw, outcome, earlier, earlier == null ? 1 : earlier.length + 1);
  }

  /// The outcomes in the order they were drawn.
  static History[] inOrder(@Nullable History newest) {
    History[] outcomes = new History[newest == null ? 0 : newest.length];
    int at = outcomes.length;
    for (History each = newest; each != null; each = each.earlier) {
      outcomes[--at] = each;
    }
    return outcomes;
  }
}
