package dev.reeve.service;

import dev.reeve.base.Bytes;
import dev.reeve.base.Check;
import dev.reeve.engine.TreeEdge;
import dev.reeve.engine.port.Commit;
import dev.reeve.engine.port.JobArchive;
import dev.reeve.engine.port.StoreException;
import dev.reeve.ledger.HashTile;
import dev.reeve.ledger.LeafHashes;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Hashes of the receipts of the log that this process writes: full tiles from the store, the last
/// one from the writer. Blocks; safe on any thread.
public final class ArchivedHashes implements LeafHashes {
  private final JobArchive archive;
  private final Supplier<TreeEdge> edge;

  /// The full tile that was read last; full tiles never change, and events of a job are near each
  /// other.
  private volatile @Nullable HashTile lastRead;

  public ArchivedHashes(JobArchive archive, Supplier<TreeEdge> edge) {
    this.archive = archive;
    this.edge = edge;
  }

  @Override
  public long size() {
    return edge.get().head().leafCount();
  }

  @Override
  public Bytes range(long from, int count) {
    long number = HashTile.numberOf(from);
    Optional<HashTile> partial = edge.get().partial().filter(tile -> tile.number() == number);
    return partial.orElseGet(() -> stored(number)).range(from, count);
  }

  private HashTile stored(long number) {
    HashTile known = lastRead;
    if (known != null && known.number() == number) {
      return known;
    }
    try {
      List<Commit.TileRow> rows = archive.tiles(number, 1);
      Check.state(
          !rows.isEmpty() && rows.getFirst().index() == number, "tile %s: not stored", number);
      HashTile tile = new HashTile(number, rows.getFirst().hashes());
      lastRead = tile;
      return tile;
    } catch (StoreException e) {
      throw JobReader.unavailable(e).toException();
    }
  }
}
