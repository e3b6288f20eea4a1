package dev.reeve.ledger;

import dev.reeve.base.Bytes;
import dev.reeve.base.Check;
import dev.reeve.base.Sha256;
import java.util.Arrays;
import java.util.List;

/// The unit in which leaf hashes are stored: tile n holds those of leaves 256 n to 256 n + 255.
/// Only the last tile of a log may be partly filled; a full one never changes. Immutable.
///
/// @param number place of the tile in its log, from 0
/// @param hashes 1 to 256 hashes, one after the other
public record HashTile(long number, Bytes hashes) {
  /// Hashes in a full tile.
  public static final int WIDTH = 256;

  public HashTile {
    Check.argument(number >= 0, "tile: %s (expected: at least 0)", number);
    Check.argument(
        !hashes.isEmpty()
            && hashes.size() % Sha256.LENGTH == 0
            && hashes.size() <= WIDTH * Sha256.LENGTH,
        "tile %s: %s bytes (expected: 1 to 256 hashes)",
        number,
        hashes.size());
  }

  /// Number of the tile that holds the hash of this leaf.
  public static long numberOf(long leafIndex) {
    return leafIndex / WIDTH;
  }

  /// Number of hashes in it.
  public int count() {
    return hashes.size() / Sha256.LENGTH;
  }

  /// Whether no more hashes fit; a full tile never changes.
  public boolean isFull() {
    return count() == WIDTH;
  }

  /// Index of its first leaf.
  public long firstIndex() {
    return number * WIDTH;
  }

  /// The tile with more hashes behind those it has.
  public HashTile plus(List<Bytes> more) {
    byte[] all = Arrays.copyOf(hashes.unsafeArray(), hashes.size() + more.size() * Sha256.LENGTH);
    int at = hashes.size();
    for (Bytes hash : more) {
      Check.argument(hash.size() == Sha256.LENGTH, "hash: %s bytes (expected: 32)", hash.size());
      System.arraycopy(hash.unsafeArray(), 0, all, at, Sha256.LENGTH);
      at += Sha256.LENGTH;
    }
    return new HashTile(number, Bytes.wrap(all));
  }

  /// Hashes of `count` leaves from the one with this index on, all of them in this tile.
  public Bytes range(long from, int count) {
    int start = Math.toIntExact(from - firstIndex());
    Check.argument(
        start >= 0 && count >= 0 && start + count <= count(),
        "range: %s+%s (expected: within tile %s with %s hashes)",
        from,
        count,
        number,
        count());
    return Bytes.wrap(
        Arrays.copyOfRange(
            hashes.unsafeArray(), start * Sha256.LENGTH, (start + count) * Sha256.LENGTH));
  }
}
