package dev.reeve.ledger;

import dev.reeve.base.Bytes;
import dev.reeve.base.Check;
import java.util.List;

/// Shows that a tree is an earlier one with leaves appended and nothing else changed (RFC 9162
/// section 2.1.4).
///
/// @param from number of leaves of the earlier tree
/// @param to number of leaves of the later tree
/// @param path hashes, in the order of the RFC; empty when the earlier tree is empty or the same
public record ConsistencyProof(long from, long to, List<Bytes> path) {
  public ConsistencyProof {
    Check.argument(from >= 0 && from <= to, "from: %s (expected: 0 to %s)", from, to);
    path = List.copyOf(path);
  }

  /// Whether the tree with the second root extends the tree with the first one.
  public boolean holds(TreeHasher hasher, Bytes fromRoot, Bytes toRoot) {
    if (from == to) {
      return path.isEmpty() && fromRoot.equals(toRoot);
    }
    if (from == 0) {
      return path.isEmpty() && fromRoot.equals(TreeHasher.EMPTY_ROOT);
    }
    // A perfect earlier tree is a node of the later one: its root is not repeated in the path.
    boolean perfect = Long.bitCount(from) == 1;
    if (path.isEmpty()) {
      return false;
    }
    Bytes start = perfect ? fromRoot : path.getFirst();
    List<Bytes> rest = perfect ? path : path.subList(1, path.size());
    return climb(hasher, start, rest, fromRoot, toRoot);
  }

  private boolean climb(
      TreeHasher hasher, Bytes start, List<Bytes> rest, Bytes fromRoot, Bytes toRoot) {
    int shared = Long.numberOfTrailingZeros(from);
    long node = (from - 1) >> shared;
    long last = (to - 1) >> shared;
    Bytes fromHash = start;
    Bytes toHash = start;
    for (Bytes neighbour : rest) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        fromHash = hasher.node(neighbour, fromHash);
        toHash = hasher.node(neighbour, toHash);
        int levels = Long.numberOfTrailingZeros(node);
        node >>= levels;
        last >>= levels;
      } else {
        toHash = hasher.node(toHash, neighbour);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && fromHash.equals(fromRoot) && toHash.equals(toRoot);
  }
}
