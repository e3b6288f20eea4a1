package dev.reeve.ledger;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalFormatException;
import dev.reeve.base.CanonicalWriter;
import dev.reeve.base.Check;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The right edge of a Merkle tree: the roots of its perfect subtrees, largest first. It is all
/// that is needed to append leaves and to name the root, at most 2 KiB for any size.
///
/// Immutable: appending gives the next frontier, so the writer keeps the committed one until its
/// commit is known to have happened.
public final class MerkleFrontier {
  public static final MerkleFrontier EMPTY = new MerkleFrontier(0, new byte[0]);

  private static final int LENGTH = TreeHasher.LENGTH;

  private final long size;
  private final byte[] peaks;

  private MerkleFrontier(long size, byte[] peaks) {
    this.size = size;
    this.peaks = peaks;
  }

  /// Number of leaves.
  public long size() {
    return size;
  }

  /// The frontier with one leaf more.
  public MerkleFrontier append(TreeHasher hasher, Bytes leafHash) {
    return append(hasher, List.of(leafHash));
  }

  /// The frontier with these leaves more, in this order. Hashes once for each leaf on average.
  public MerkleFrontier append(TreeHasher hasher, List<Bytes> leafHashes) {
    byte[] run = new byte[leafHashes.size() * LENGTH];
    int at = 0;
    for (Bytes hash : leafHashes) {
      checkHash(hash);
      System.arraycopy(hash.unsafeArray(), 0, run, at, LENGTH);
      at += LENGTH;
    }
    return append(hasher, run, 0, run.length);
  }

  /// Appends the leaf hashes that lie one after the other between two offsets in bytes.
  MerkleFrontier append(TreeHasher hasher, byte[] run, int from, int to) {
    long newSize = size + (to - from) / LENGTH;
    Check.argument(
        newSize <= CanonicalWriter.INTEGER_MAX, "tree size: %s (expected: at most 2^53)", newSize);
    byte[] stack =
        Arrays.copyOf(peaks, (Long.SIZE - Long.numberOfLeadingZeros(newSize) + 1) * LENGTH);
    int top = peaks.length;
    long leaves = size;
    for (int at = from; at < to; at += LENGTH) {
      System.arraycopy(run, at, stack, top, LENGTH);
      for (long merges = leaves; (merges & 1) == 1; merges >>= 1) {
        top -= LENGTH;
        hasher.nodeInPlace(stack, top);
      }
      top += LENGTH;
      leaves++;
    }
    return new MerkleFrontier(leaves, Arrays.copyOf(stack, top));
  }

  /// The root of the tree.
  public Bytes root(TreeHasher hasher) {
    if (size == 0) {
      return TreeHasher.EMPTY_ROOT;
    }
    byte[] fold = peaks.clone();
    int top = fold.length - LENGTH;
    while (top > 0) {
      top -= LENGTH;
      hasher.nodeInPlace(fold, top);
    }
    return Bytes.wrap(Arrays.copyOf(fold, LENGTH));
  }

  /// The size as 8 bytes, big-endian, then the hashes.
  public Bytes toBytes() {
    return Bytes.wrap(
        ByteBuffer.allocate(Long.BYTES + peaks.length).putLong(size).put(peaks).array());
  }

  /// Restores what was stored. No bytes at all are the empty frontier.
  ///
  /// @throws CanonicalFormatException when the bytes were not written by [#toBytes()]
  public static MerkleFrontier read(Bytes bytes) {
    if (bytes.isEmpty()) {
      return EMPTY;
    }
    long size = bytes.size() < Long.BYTES ? -1 : ByteBuffer.wrap(bytes.unsafeArray()).getLong();
    boolean inRange = size >= 0 && size <= CanonicalWriter.INTEGER_MAX;
    if (!inRange || bytes.size() != Long.BYTES + Long.bitCount(size) * LENGTH) {
      throw new CanonicalFormatException(
          "frontier: " + bytes.size() + " bytes (expected: a size and the hashes it needs)");
    }
    return new MerkleFrontier(
        size, Arrays.copyOfRange(bytes.unsafeArray(), Long.BYTES, bytes.size()));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MerkleFrontier that
        && size == that.size
        && Arrays.equals(peaks, that.peaks);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(size) + Arrays.hashCode(peaks);
  }

  @Override
  public String toString() {
    return "MerkleFrontier[size=" + size + "]";
  }

  /// Whether the last leaves of the tree, those of the tile that is not full, have these hashes.
  ///
  /// @param tile empty when the last tile is full
  public boolean endsWith(TreeHasher hasher, Optional<HashTile> tile) {
    int open = (int) (size % HashTile.WIDTH);
    if (tile.isEmpty()) {
      return open == 0;
    }
    if (tile.get().count() != open || tile.get().number() != HashTile.numberOf(size)) {
      return false;
    }
    byte[] run = tile.get().hashes().unsafeArray();
    byte[] ends = EMPTY.append(hasher, run, 0, run.length).peaks;
    int from = peaks.length - ends.length;
    return from >= 0 && Arrays.equals(peaks, from, peaks.length, ends, 0, ends.length);
  }

  /// Which leaves the first subtree covers that differs in a frontier over as many leaves.
  String firstDifference(MerkleFrontier other) {
    long from = 0;
    int at = 0;
    for (long rest = size; rest > 0; at += LENGTH) {
      long width = Long.highestOneBit(rest);
      boolean same =
          other.size == size && Arrays.equals(peaks, at, at + LENGTH, other.peaks, at, at + LENGTH);
      if (!same) {
        return "index " + from + (width == 1 ? "" : " to " + (from + width - 1));
      }
      from += width;
      rest -= width;
    }
    return "the stored edge of the tree";
  }

  private static void checkHash(Bytes hash) {
    Check.argument(hash.size() == LENGTH, "hash: %s bytes (expected: 32)", hash.size());
  }
}
