package dev.reeve.service;

import dev.reeve.base.CanonicalFormatException;
import dev.reeve.base.ProblemException;
import dev.reeve.engine.EngineProblems;
import dev.reeve.engine.JournalDocument;
import dev.reeve.engine.port.Commit;
import dev.reeve.engine.port.JobArchive;
import dev.reeve.engine.port.JobArchive.JournalRow;
import dev.reeve.engine.port.LogHead;
import dev.reeve.engine.port.StoreException;
import dev.reeve.ledger.AuditDamage;
import dev.reeve.ledger.HashTile;
import dev.reeve.ledger.StoredLog;
import java.util.ArrayList;
import java.util.List;

/// The receipts of a log as verifiers read them, out of the rows of its journal. Blocks.
public final class ArchivedLog implements StoredLog {
  private final LogHead head;
  private final Rows rows;

  /// Where rows come from: a store that is owned, or one that is only read.
  public interface Rows {
    /// Journal rows in ascending position.
    List<JournalRow> journal(long afterPosition, int limit) throws StoreException;

    /// Leaf hashes of full tiles in ascending number.
    List<Commit.TileRow> tiles(long fromNumber, int limit) throws StoreException;
  }

  /// @param head where the log stands
  public ArchivedLog(LogHead head, Rows rows) {
    this.head = head;
    this.rows = rows;
  }

  /// The log of a store that this process owns.
  public static ArchivedLog of(LogHead head, JobArchive archive) {
    return new ArchivedLog(
        head,
        new Rows() {
          @Override
          public List<JournalRow> journal(long afterPosition, int limit) throws StoreException {
            return archive.journal(afterPosition, limit);
          }

          @Override
          public List<Commit.TileRow> tiles(long fromNumber, int limit) throws StoreException {
            return archive.tiles(fromNumber, limit);
          }
        });
  }

  @Override
  public Edge edge() {
    return new Edge(head.position(), head.leafCount(), head.frontier());
  }

  @Override
  public List<StoredCommit> commits(long afterPosition, int limit) {
    try {
      List<StoredCommit> commits = new ArrayList<>();
      for (JournalRow row : rows.journal(afterPosition, limit)) {
        commits.add(commit(row));
      }
      return commits;
    } catch (StoreException e) {
      throw failure(e);
    }
  }

  @Override
  public List<HashTile> tiles(long fromNumber, int limit) {
    long number = fromNumber;
    try {
      List<HashTile> tiles = new ArrayList<>();
      for (Commit.TileRow row : rows.tiles(fromNumber, limit)) {
        number = row.index();
        tiles.add(new HashTile(row.index(), row.hashes()));
      }
      return tiles;
    } catch (IllegalArgumentException e) {
      throw new AuditDamage("tile " + number, String.valueOf(e.getMessage()));
    } catch (StoreException e) {
      throw failure(e);
    }
  }

  private static StoredCommit commit(JournalRow row) {
    try {
      return new StoredCommit(
          row.position(), row.nowMicros(), JournalDocument.read(row.bytes()).leaves());
    } catch (CanonicalFormatException | IllegalArgumentException | ArithmeticException e) {
      throw new AuditDamage("commit " + row.position(), "not as written: " + e.getMessage());
    }
  }

  private static RuntimeException failure(StoreException e) {
    return switch (e) {
      case StoreException.Damaged _ ->
          new AuditDamage("the database", String.valueOf(e.getMessage()));
      default -> unavailable(e);
    };
  }

  private static ProblemException unavailable(StoreException e) {
    return EngineProblems.STORE_UNAVAILABLE
        .because("the log cannot be read: " + e.getMessage())
        .toException();
  }
}
