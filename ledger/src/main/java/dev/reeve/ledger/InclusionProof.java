package dev.reeve.ledger;

import dev.reeve.base.Bytes;
import dev.reeve.base.Check;
import java.util.List;

/// Shows that a leaf is in the tree of a given size (RFC 9162 section 2.1.3).
///
/// @param index number of the leaf
/// @param size number of leaves of the tree
/// @param path hashes beside the way from the leaf to the root, lowest first
public record InclusionProof(long index, long size, List<Bytes> path) {
  public InclusionProof {
    Check.argument(
        index >= 0 && index < size, "index: %s (expected: within a tree of %s)", index, size);
    path = List.copyOf(path);
  }

  /// Whether the leaf with this hash is at the index in the tree with this root.
  public boolean holds(TreeHasher hasher, Bytes leafHash, Bytes root) {
    long node = index;
    long last = size - 1;
    Bytes hash = leafHash;
    for (Bytes neighbour : path) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        hash = hasher.node(neighbour, hash);
        int levels = Long.numberOfTrailingZeros(node);
        node >>= levels;
        last >>= levels;
      } else {
        hash = hasher.node(hash, neighbour);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && hash.equals(root);
  }
}
