package dev.reeve.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The fewest lines to take out and put in that make one text of another (Myers 1986). Used once.
final class LineDiff {
  /// More changes than these are not worked out: time and memory grow with their square.
  private static final int CHANGES_MAX = 2_000;

  /// A line that only one of the two has.
  ///
  /// @param added else removed
  /// @param number of the line in the text that has it, from 1
  record Change(boolean added, int number, String text) {}

  private LineDiff() {}

  /// The changes in order; empty when there are too many to be worked out.
  static Optional<List<Change>> of(List<String> before, List<String> after) {
    int start = 0;
    while (start < Math.min(before.size(), after.size())
        && before.get(start).equals(after.get(start))) {
      start++;
    }
    List<int[]> history = new ArrayList<>();
    int[] reached = new int[2 * CHANGES_MAX + 3];
    int centre = CHANGES_MAX + 1;
    reached[centre + 1] = start;
    for (int changes = 0; changes <= CHANGES_MAX; changes++) {
      history.add(reached.clone());
      for (int diagonal = -changes; diagonal <= changes; diagonal += 2) {
        boolean down =
            diagonal == -changes
                || (diagonal != changes
                    && reached[centre + diagonal - 1] < reached[centre + diagonal + 1]);
        int x = down ? reached[centre + diagonal + 1] : reached[centre + diagonal - 1] + 1;
        int y = x - diagonal;
        while (x < before.size() && y < after.size() && before.get(x).equals(after.get(y))) {
          x++;
          y++;
        }
        reached[centre + diagonal] = x;
        if (x >= before.size() && y >= after.size()) {
          return Optional.of(back(history, centre, before, after));
        }
      }
    }
    return Optional.empty();
  }

  private static List<Change> back(
      List<int[]> history, int centre, List<String> before, List<String> after) {
    List<Change> changes = new ArrayList<>();
    int x = before.size();
    int y = after.size();
    for (int count = history.size() - 1; count > 0; count--) {
      int[] reached = history.get(count);
      int diagonal = x - y;
      boolean down =
          diagonal == -count
              || (diagonal != count
                  && reached[centre + diagonal - 1] < reached[centre + diagonal + 1]);
      int from = down ? diagonal + 1 : diagonal - 1;
      int fromX = reached[centre + from];
      int fromY = fromX - from;
      changes.add(
          down
              ? new Change(true, fromY + 1, after.get(fromY))
              : new Change(false, fromX + 1, before.get(fromX)));
      x = fromX;
      y = fromY;
    }
    return changes.reversed();
  }
}
