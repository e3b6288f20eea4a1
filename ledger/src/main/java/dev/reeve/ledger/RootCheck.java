package dev.reeve.ledger;

import dev.reeve.base.Bytes;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Grows a tree leaf by leaf and holds it against heads that were signed at some of its sizes. Not
/// thread-safe.
final class RootCheck {
  private final TreeHasher hasher = TreeHasher.create();
  private final List<Named> expected;
  private MerkleFrontier frontier = MerkleFrontier.EMPTY;
  private int next;

  /// A head and how it is called in messages.
  record Named(String name, Checkpoint checkpoint) {}

  RootCheck(Stream<Named> heads) {
    expected = heads.sorted(Comparator.comparingLong(head -> head.checkpoint().size())).toList();
    compare();
  }

  TreeHasher hasher() {
    return hasher;
  }

  MerkleFrontier frontier() {
    return frontier;
  }

  void append(Bytes leafHash) {
    frontier = frontier.append(hasher, leafHash);
    compare();
  }

  /// There are no more leaves.
  ///
  /// @throws AuditDamage when a head speaks of more
  void end() {
    if (next < expected.size()) {
      Named head = expected.get(next);
      throw new AuditDamage(
          "index " + frontier.size(),
          "missing: "
              + head.name()
              + " has "
              + head.checkpoint().size()
              + " receipts, here are "
              + frontier.size());
    }
  }

  private void compare() {
    while (next < expected.size() && expected.get(next).checkpoint().size() == frontier.size()) {
      Named head = expected.get(next++);
      Bytes root = frontier.root(hasher);
      if (!root.equals(head.checkpoint().root())) {
        throw new AuditDamage(
            frontier.size() == 0 ? head.name() : "index 0 to " + (frontier.size() - 1),
            "root "
                + root.hex()
                + " (expected: "
                + head.checkpoint().root().hex()
                + ", of "
                + head.name()
                + ")");
      }
    }
  }
}
