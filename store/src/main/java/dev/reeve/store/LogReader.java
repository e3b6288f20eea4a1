package dev.reeve.store;

import dev.reeve.engine.port.BlobStore;
import dev.reeve.engine.port.Commit;
import dev.reeve.engine.port.JobArchive;
import dev.reeve.engine.port.JobArchive.JournalRow;
import dev.reeve.engine.port.LogHead;
import dev.reeve.engine.port.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A log that is read by somebody who does not own it. Safe on any thread; blocks. The owner may go
/// on writing: what is newer than [#head()] shows up in the rows.
public final class LogReader implements AutoCloseable {
  private final ConnectionPool readers;
  private final BlobStore blobs;
  private final LogHead head;

  private LogReader(ConnectionPool readers, BlobStore blobs, LogHead head) {
    this.readers = readers;
    this.blobs = blobs;
    this.head = head;
  }

  /// @param blobs makes the blobs over the connections; they are only read
  static LogReader open(
      Database database, SchemaMigrations migrations, Function<ConnectionPool, BlobStore> blobs)
      throws StoreException {
    if (migrations.storedVersion(database).isEmpty()) {
      throw new StoreException.Unavailable(
          "the database holds no log (expected: one that a server has used)",
          new IllegalStateException("empty"));
    }
    ConnectionPool readers =
        new ConnectionPool(database, database::connectReader, Carrier.CALLER, 1);
    try {
      return new LogReader(
          readers,
          blobs.apply(readers),
          readers.use("read the head of the log", reader -> Session.readHead(reader.connection())));
    } catch (StoreException | RuntimeException e) {
      readers.close();
      throw e;
    }
  }

  /// Where the log stood when it was opened.
  public LogHead head() {
    return head;
  }

  /// Journal rows in ascending position.
  public List<JournalRow> journal(long afterPosition, int limit) throws StoreException {
    return readers.use(
        "read the journal", reader -> JdbcArchive.journal(reader, afterPosition, limit));
  }

  /// Leaf hashes of full tiles in ascending number.
  public List<Commit.TileRow> tiles(long fromNumber, int limit) throws StoreException {
    return readers.use("read leaf hashes", reader -> JdbcArchive.tiles(reader, fromNumber, limit));
  }

  /// The policies that were in force, for whoever does not own the log.
  public PolicyRows policies() {
    return new PolicyRows() {
      @Override
      public List<Entry> newestFirst() throws StoreException {
        return readers.use("list the kept policies", JdbcKeptPolicies::list);
      }

      @Override
      public Optional<List<File>> files(String snapshot) throws StoreException {
        return readers.use(
            "read a kept policy", reader -> JdbcKeptPolicies.found(reader, snapshot));
      }
    };
  }

  /// Jobs and their contents.
  public JobArchive archive() {
    return new JdbcArchive(readers, blobs);
  }

  @Override
  public void close() {
    readers.close();
  }
}
