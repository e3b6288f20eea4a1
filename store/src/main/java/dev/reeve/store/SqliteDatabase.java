package dev.reeve.store;

import dev.reeve.engine.port.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.sqlite.SQLiteConfig;

/// One SQLite file in WAL mode with full flushes, and how to connect to it.
final class SqliteDatabase implements Database {
  /// Half the pages of the default size to flush for rows of a few hundred bytes.
  static final int PAGE_SIZE_BYTES = 8 * 1024;

  private static final int WRITER_CACHE_KIB = 64 * 1024;
  private static final int READER_CACHE_KIB = 8 * 1024;

  /// A person with the sqlite3 tool may hold the file this long before we call it unavailable.
  private static final int BUSY_TIMEOUT_MILLIS = 5_000;

  /// Only if the checkpointer is stuck does the writer do its work, at 128 MiB of log.
  private static final int EMERGENCY_CHECKPOINT_PAGES = 16_000;

  private final Path file;
  private final SqliteLimits limits;
  private final String url;

  /// Fair, because a writer under load asks for it again as soon as it has given it back.
  private final Lock commits = new ReentrantLock(true);

  SqliteDatabase(Path file, SqliteLimits limits) {
    this(file, limits, "jdbc:sqlite:" + file);
  }

  private SqliteDatabase(Path file, SqliteLimits limits, String url) {
    this.file = file;
    this.limits = limits;
    this.url = url;
  }

  /// The same file, read as one that nobody writes.
  SqliteDatabase immutable() {
    return new SqliteDatabase(
        file, limits, "jdbc:sqlite:" + file.toAbsolutePath().toUri() + "?immutable=1");
  }

  boolean hasWriteAheadLog() {
    try {
      return Files.size(writeAheadLog()) > 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public Connection connectWriter() throws SQLException {
    return connectWriter(WRITER_CACHE_KIB);
  }

  @Override
  public Connection connectReader() throws SQLException {
    SQLiteConfig config = config(READER_CACHE_KIB);
    config.setReadOnly(true);
    return config.createConnection(url);
  }

  /// The first of these makes the file, so it also decides what can never be changed.
  @Override
  public Connection connectMigration() throws SQLException {
    SQLiteConfig config = config(READER_CACHE_KIB);
    config.setPageSize(PAGE_SIZE_BYTES);
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    return config.createConnection(url);
  }

  /// A connection that writes small documents beside the log, with auto-commit off.
  Connection connectKeeper() throws SQLException {
    return connectWriter(READER_CACHE_KIB);
  }

  /// Only the checkpointer moves pages out of the write-ahead log, unless that has grown far too
  /// long.
  private Connection connectWriter(int cacheKib) throws SQLException {
    SQLiteConfig config = config(cacheKib);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setPragma(
        SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, String.valueOf(EMERGENCY_CHECKPOINT_PAGES));
    config.setPragma(SQLiteConfig.Pragma.MAX_PAGE_COUNT, String.valueOf(limits.filePagesMax()));
    Connection connection = config.createConnection(url);
    connection.setAutoCommit(false);
    return connection;
  }

  /// A connection that only moves pages from the write-ahead log into the file.
  Connection connectCheckpointer() throws SQLException {
    SQLiteConfig config = config(READER_CACHE_KIB);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    return config.createConnection(url);
  }

  @Override
  public boolean hasTable(Connection connection, String name) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?")) {
      select.setString(1, name);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next();
      }
    }
  }

  @Override
  public KeyLookup lookup(Connection connection) throws SQLException {
    return new SqliteKeyLookup(connection);
  }

  @Override
  public BlobRows blobRows(Connection connection) throws SQLException {
    return new SqliteBlobRows(connection);
  }

  @Override
  public Lock commits() {
    return commits;
  }

  @Override
  public StoreException fault(String doing, SQLException failure) {
    return SqliteFaults.of(doing, failure);
  }

  private static SQLiteConfig config(int cacheKib) {
    SQLiteConfig config = new SQLiteConfig();
    config.setLockingMode(SQLiteConfig.LockingMode.NORMAL);
    config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    // Negative means KiB; positive would be pages.
    config.setCacheSize(-cacheKib);
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    return config;
  }

  /// Where SQLite keeps what is committed and not yet in the file.
  Path writeAheadLog() {
    return file.resolveSibling(file.getFileName() + "-wal");
  }

  boolean exists() {
    return Files.exists(file);
  }
}
