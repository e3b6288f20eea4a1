package dev.reeve.ledger;

import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/// Roots and proofs of a log's tree at any size it ever had, computed from its leaf hashes.
///
/// A call reads the tiles at the edges of its ranges; what lies between comes from a [NodeCache].
/// Blocks as its [LeafHashes] do; not thread-safe.
public final class MerkleTree {
  private final LeafHashes leaves;
  private final TreeHasher hasher;
  private final NodeCache nodes;

  public MerkleTree(LeafHashes leaves, TreeHasher hasher) {
    this(leaves, hasher, new NodeCache());
  }

  /// @param nodes of the same log, shared by all that ask about it
  public MerkleTree(LeafHashes leaves, TreeHasher hasher, NodeCache nodes) {
    this.leaves = leaves;
    this.hasher = hasher;
    this.nodes = nodes;
  }

  /// The root when the log had this many leaves.
  ///
  /// @throws ProblemException when the log never had this size
  public Bytes root(long size) {
    requireSize(size);
    return rootOf(0, size);
  }

  /// The right edge when the log had this many leaves.
  ///
  /// @throws ProblemException when the log never had this size
  public MerkleFrontier frontier(long size) {
    requireSize(size);
    ByteBuffer out =
        ByteBuffer.allocate(Long.BYTES + Long.bitCount(size) * TreeHasher.LENGTH).putLong(size);
    long from = 0;
    while (from < size) {
      long width = Long.highestOneBit(size - from);
      out.put(rootOf(from, from + width).unsafeArray());
      from += width;
    }
    return MerkleFrontier.read(Bytes.wrap(out.array()));
  }

  /// Shows a leaf in the tree of this size.
  ///
  /// @throws ProblemException when the log never had this size or the tree has no such leaf
  public InclusionProof inclusion(long index, long size) {
    requireSize(size);
    if (index < 0 || index >= size) {
      throw LedgerProblems.LEAF_INDEX_OUT_OF_RANGE
          .field("index", Long.toString(index), "0 to " + (size - 1))
          .toException();
    }
    Deque<Bytes> path = new ArrayDeque<>();
    long from = 0;
    long to = size;
    while (to - from > 1) {
      long middle = from + largestPowerBelow(to - from);
      if (index < middle) {
        path.addFirst(rootOf(middle, to));
        to = middle;
      } else {
        path.addFirst(rootOf(from, middle));
        from = middle;
      }
    }
    return new InclusionProof(index, size, List.copyOf(path));
  }

  /// Shows that the tree of the first size was only appended to.
  ///
  /// @throws ProblemException when the log never had one of the sizes or they are in wrong order
  public ConsistencyProof consistency(long fromSize, long toSize) {
    requireSize(toSize);
    if (fromSize < 0 || fromSize > toSize) {
      throw LedgerProblems.TREE_SIZE_OUT_OF_RANGE
          .field("from", Long.toString(fromSize), "0 to " + toSize)
          .toException();
    }
    Deque<Bytes> path = new ArrayDeque<>();
    if (fromSize > 0) {
      descend(path, fromSize, toSize);
    }
    return new ConsistencyProof(fromSize, toSize, List.copyOf(path));
  }

  private void descend(Deque<Bytes> path, long fromSize, long toSize) {
    long from = 0;
    long to = toSize;
    boolean whole = true;
    while (to != fromSize) {
      long middle = from + largestPowerBelow(to - from);
      if (fromSize <= middle) {
        path.addFirst(rootOf(middle, to));
        to = middle;
      } else {
        path.addFirst(rootOf(from, middle));
        from = middle;
        whole = false;
      }
    }
    if (!whole) {
      path.addFirst(rootOf(from, to));
    }
  }

  private Bytes rootOf(long from, long to) {
    if (from == to) {
      return TreeHasher.EMPTY_ROOT;
    }
    Deque<Peak> peaks = new ArrayDeque<>();
    long at = from;
    while (at < to) {
      int height = NodeCache.heightAt(at, to);
      if (height > 0) {
        push(peaks, new Peak(height, nodes.node(height, at >> height, leaves, hasher)));
        at += 1L << height;
      } else {
        int count = (int) Math.min(HashTile.WIDTH - at % HashTile.WIDTH, to - at);
        Bytes run = leaves.range(at, count);
        for (int i = 0; i < count; i++) {
          push(peaks, new Peak(0, hashAt(run, i)));
        }
        at += count;
      }
    }
    Bytes root = peaks.pop().hash();
    while (!peaks.isEmpty()) {
      root = hasher.node(peaks.pop().hash(), root);
    }
    return root;
  }

  /// The root of a perfect subtree.
  private record Peak(int height, Bytes hash) {}

  private void push(Deque<Peak> peaks, Peak next) {
    Peak top = next;
    while (!peaks.isEmpty() && peaks.peek().height() == top.height()) {
      top = new Peak(top.height() + 1, hasher.node(peaks.pop().hash(), top.hash()));
    }
    peaks.push(top);
  }

  private static Bytes hashAt(Bytes run, int number) {
    int at = number * TreeHasher.LENGTH;
    return Bytes.wrap(Arrays.copyOfRange(run.unsafeArray(), at, at + TreeHasher.LENGTH));
  }

  private void requireSize(long size) {
    long available = leaves.size();
    if (size < 0 || size > available) {
      throw LedgerProblems.TREE_SIZE_OUT_OF_RANGE
          .field("size", Long.toString(size), "0 to " + available)
          .toException();
    }
  }

  private static long largestPowerBelow(long n) {
    return Long.highestOneBit(n - 1);
  }
}
