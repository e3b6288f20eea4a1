package dev.reeve.ledger;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Roots of the subtrees of 256, 65,536 and more leaves, so that a proof reads a tile or two and
/// not the whole log. They never change; they are made once from the tiles, when first needed, and
/// kept in memory: an eighth of a byte for each leaf. Safe on any thread.
public final class NodeCache {
  /// Levels between two kept ones: a node over 256 others.
  static final int STRIDE = 8;

  private static final int LENGTH = Sha256.LENGTH;

  @GuardedBy("this")
  private final List<Level> levels = new ArrayList<>();

  /// The nodes of one height, from the first on.
  private static final class Level {
    private byte[] hashes = new byte[16 * LENGTH];
    private int count;

    private void add(Bytes hash) {
      if ((count + 1) * LENGTH > hashes.length) {
        hashes = Arrays.copyOf(hashes, hashes.length * 2);
      }
      System.arraycopy(hash.unsafeArray(), 0, hashes, count++ * LENGTH, LENGTH);
    }
  }

  /// The largest height of which a whole kept node lies at the beginning of a range.
  ///
  /// @return 0 when there is none
  static int heightAt(long from, long to) {
    int height = 0;
    while (height + STRIDE < Long.SIZE - 1) {
      long width = 1L << (height + STRIDE);
      if (from % width != 0 || to - from < width) {
        break;
      }
      height += STRIDE;
    }
    return height;
  }

  /// The root over the leaves `number << height` and following, `1 << height` of them.
  synchronized Bytes node(int height, long number, LeafHashes leaves, TreeHasher hasher) {
    long tilesNeeded = (number + 1) << (height - STRIDE);
    for (long next = level(0).count; next < tilesNeeded; next++) {
      byte[] run = leaves.range(next * HashTile.WIDTH, HashTile.WIDTH).unsafeArray();
      add(0, MerkleFrontier.EMPTY.append(hasher, run, 0, run.length).root(hasher), hasher);
    }
    int at = Math.toIntExact(number) * LENGTH;
    return Bytes.wrap(Arrays.copyOfRange(level(height / STRIDE - 1).hashes, at, at + LENGTH));
  }

  @GuardedBy("this")
  private void add(int depth, Bytes hash, TreeHasher hasher) {
    Level level = level(depth);
    level.add(hash);
    if (level.count % HashTile.WIDTH == 0) {
      int to = level.count * LENGTH;
      int from = to - HashTile.WIDTH * LENGTH;
      add(
          depth + 1,
          MerkleFrontier.EMPTY.append(hasher, level.hashes, from, to).root(hasher),
          hasher);
    }
  }

  @GuardedBy("this")
  private Level level(int depth) {
    while (levels.size() <= depth) {
      levels.add(new Level());
    }
    return levels.get(depth);
  }
}
