package dev.reeve.ledger;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalFormatException;
import dev.reeve.base.Sha256;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Holds the leaves of a stored log against their place in it and against their stored hashes. For
/// leaves in order: one tile is kept. Not thread-safe; each check throws [AuditDamage].
final class StoredLeaves {
  private final StoredLog log;
  private final Optional<HashTile> newest;
  private final TreeHasher hasher;
  private @Nullable HashTile tile;

  /// @param newest hashes of the tile that is not full; empty when not known
  StoredLeaves(StoredLog log, Optional<HashTile> newest, TreeHasher hasher) {
    this.log = log;
    this.newest = newest;
    this.hasher = hasher;
  }

  /// A leaf in canonical form.
  ///
  /// @param index where it should be
  Leaf read(StoredLog.StoredCommit commit, Bytes bytes, long index) {
    try {
      return Leaf.read(bytes);
    } catch (CanonicalFormatException e) {
      throw new AuditDamage(where(commit, index), "not as written: " + e.getMessage());
    }
  }

  /// A leaf that is where it should be, of the commit that holds it, and of the stored hash.
  ///
  /// @param index where it should be
  ExportLine.Entry check(StoredLog.StoredCommit commit, Leaf leaf, Bytes bytes, long index) {
    ExportLine.Entry entry = new ExportLine.Entry(leaf, bytes, hasher.leaf(bytes));
    if (leaf.index() != index) {
      throw new AuditDamage(
          entry.subject(), "is in the wrong place (expected: index " + index + ")");
    }
    if (leaf.position() != commit.position() || leaf.atMicros() != commit.atMicros()) {
      throw new AuditDamage(
          entry.subject(), "is not of commit " + commit.position() + ", which holds it");
    }
    Bytes stored = storedHash(index);
    if (stored != null && !stored.equals(entry.hash())) {
      throw new AuditDamage(
          entry.subject(),
          "the receipt hashes to " + entry.hash().hex() + " (expected: " + stored.hex() + ")");
    }
    return entry;
  }

  /// A leaf of which no more is known than where it should be.
  static String where(StoredLog.StoredCommit commit, long index) {
    return "index " + index + ", commit " + commit.position();
  }

  /// The hash that is kept of a leaf; null for the newest ones, which the edge alone vouches for.
  @Nullable Bytes storedHash(long index) {
    long number = HashTile.numberOf(index);
    if (number < HashTile.numberOf(log.edge().leafCount())) {
      return fullTile(number).range(index, 1);
    }
    return newest
        .filter(kept -> kept.number() == number && index - kept.firstIndex() < kept.count())
        .map(kept -> kept.range(index, 1))
        .orElse(null);
  }

  private HashTile fullTile(long number) {
    HashTile loaded = tile;
    if (loaded != null && loaded.number() == number) {
      return loaded;
    }
    List<HashTile> found = log.tiles(number, 1);
    if (found.isEmpty() || found.getFirst().number() != number || !found.getFirst().isFull()) {
      throw new AuditDamage(
          "index " + number * HashTile.WIDTH + " to " + (number * HashTile.WIDTH + 255),
          "their stored hashes are missing or not " + HashTile.WIDTH * Sha256.LENGTH + " bytes");
    }
    tile = found.getFirst();
    return found.getFirst();
  }
}
