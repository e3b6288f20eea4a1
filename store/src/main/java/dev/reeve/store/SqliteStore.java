package dev.reeve.store;

import dev.reeve.engine.port.BlobStore;
import dev.reeve.engine.port.JobArchive;
import dev.reeve.engine.port.JobLog;
import dev.reeve.engine.port.LogHead;
import dev.reeve.engine.port.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/// The embedded store: one directory with the lock, the database file, the blobs and the reserve.
final class SqliteStore implements OpenStore {
  private static final String DATABASE_FILE = "reeve.db";
  private static final String BLOB_FOLDER = "blobs";

  /// Watchers behind the tail read through this many connections.
  private static final int READERS = 4;

  /// Documents and policies are kept seldom, one after the other.
  private static final int KEEPERS = 1;

  private static final String RAISE_EPOCH = "UPDATE log SET epoch = epoch + 1 WHERE log_id = ?";

  private final JobLog log;
  private final BlobStore blobs;
  private final KeptDocuments documents;
  private final KeptPolicies policies;

  private SqliteStore(JobLog log, BlobStore blobs, FencedWrites beside) {
    this.log = log;
    this.blobs = blobs;
    this.documents = new JdbcKeptDocuments(beside);
    this.policies = new JdbcKeptPolicies(beside);
  }

  static SqliteStore open(
      Path data, InstantSource clock, SchemaMigrations migrations, SqliteLimits limits)
      throws StoreException {
    try {
      DurableFiles.createDirectories(data);
    } catch (IOException e) {
      throw DurableFiles.fault("make the data directory " + data, data, 0, e);
    }
    DirectoryLock lock = DirectoryLock.acquire(data);
    try {
      SqliteDatabase database = new SqliteDatabase(data.resolve(DATABASE_FILE), limits);
      migrations.migrate(
          database, database.exists() ? migrations.storedVersion(database) : Optional.empty());
      Session session = Session.open(database);
      try {
        return open(data, clock, new Opened(database, limits, session, lock));
      } catch (StoreException | RuntimeException e) {
        session.close();
        throw e;
      }
    } catch (StoreException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /// Opens the log for reading alone.
  static LogReader read(Path data, SchemaMigrations migrations) throws StoreException {
    Path file = data.resolve(DATABASE_FILE);
    if (!Files.isRegularFile(file)) {
      throw new StoreException.Unavailable(
          file + ": no such file (expected: a data directory)",
          new NoSuchFileException(file.toString()));
    }
    SqliteDatabase database = new SqliteDatabase(file, SqliteLimits.DEFAULT);
    Function<ConnectionPool, BlobStore> blobs =
        readers -> FileBlobStore.reading(data.resolve(BLOB_FOLDER), readers);
    try {
      return LogReader.open(database, migrations, blobs);
    } catch (StoreException.Unavailable e) {
      // SQLite wants to write beside a file in WAL mode even to read it. Where it may not, and
      // nothing waits in a write-ahead log, the file by itself is all there is.
      if (database.hasWriteAheadLog()) {
        throw e;
      }
      return LogReader.open(database.immutable(), migrations, blobs);
    }
  }

  /// What the rest is built on.
  private record Opened(
      SqliteDatabase database, SqliteLimits limits, Session session, DirectoryLock lock) {}

  private static SqliteStore open(Path data, InstantSource clock, Opened opened)
      throws StoreException {
    SqliteDatabase database = opened.database();
    LogHead head = takeOver(opened.session());
    int format = opened.session().readFormat();
    ConnectionPool readers =
        new ConnectionPool(
            database, database::connectReader, Carrier.platform("reeve-read", READERS), READERS);
    ConnectionPool keepers =
        new ConnectionPool(
            database, database::connectKeeper, Carrier.platform("reeve-keep", KEEPERS), KEEPERS);
    BlobStore blobs = FileBlobStore.open(data.resolve(BLOB_FOLDER), readers, clock);
    Reserve reserve = new ReserveFile(data);
    reserve.restore();
    WalCheckpoints checkpoints = WalCheckpoints.start(database, opened.limits());
    // The writer leaves last: the last one to leave copies the log and removes it, and a reader may
    // not.
    Runnable closeOthers =
        () -> {
          readers.close();
          keepers.close();
          checkpoints.close();
        };
    JobArchive archive = new JdbcArchive(readers, blobs);
    JobLog log =
        new JdbcJobLog(
            database,
            opened.session(),
            head,
            new JdbcJobLog.Parts(format, archive, reserve, closeOthers, opened.lock()::close));
    return new SqliteStore(log, blobs, new FencedWrites(database, keepers, head.epoch()));
  }

  private static LogHead takeOver(Session session) throws StoreException {
    return session.commit(
        "take the log over",
        () -> {
          try (PreparedStatement raise = session.connection().prepareStatement(RAISE_EPOCH)) {
            raise.setInt(1, LogSql.LOG_ID);
            raise.executeUpdate();
          }
          return Session.readHead(session.connection());
        });
  }

  @Override
  public JobLog log() {
    return log;
  }

  @Override
  public BlobStore blobs() {
    return blobs;
  }

  @Override
  public KeptDocuments documents() {
    return documents;
  }

  @Override
  public KeptPolicies policies() {
    return policies;
  }

  /// Nothing to do: the operating system holds the lock as long as the process lives.
  @Override
  public void renewLease() {}

  @Override
  public void close() {
    log.close();
  }
}
