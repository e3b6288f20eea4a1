package dev.reeve.ledger;

import dev.reeve.base.Bytes;
import java.util.ArrayList;
import java.util.List;

/// Leaf hashes in memory, kept in tiles as a store keeps them.
final class TiledHashes implements LeafHashes {
  private final List<HashTile> tiles = new ArrayList<>();
  private long size;

  static TiledHashes of(List<Bytes> hashes) {
    TiledHashes source = new TiledHashes();
    for (Bytes hash : hashes) {
      source.add(hash);
    }
    return source;
  }

  private void add(Bytes hash) {
    if (tiles.isEmpty() || tiles.getLast().isFull()) {
      tiles.add(new HashTile(tiles.size(), hash));
    } else {
      tiles.add(tiles.removeLast().plus(List.of(hash)));
    }
    size++;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public Bytes range(long from, int count) {
    return tiles.get((int) HashTile.numberOf(from)).range(from, count);
  }
}
