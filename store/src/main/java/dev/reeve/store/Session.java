package dev.reeve.store;

import dev.reeve.engine.port.LogHead;
import dev.reeve.engine.port.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// One connection of the writer with its prepared statements. After a failure it is closed for
/// good, because nobody knows what a connection that failed to flush still believes. Belongs to the
/// writer's thread.
final class Session implements AutoCloseable {
  /// Work inside a transaction of this session.
  interface Work<T extends @Nullable Object> {
    T run() throws SQLException, StoreException;
  }

  private interface Ending {
    void apply(Connection connection) throws SQLException;
  }

  private final Database database;
  private final Connection connection;
  private final CommitWriter commits;
  private final KeyLookup lookup;
  private final FinishedJobs finished;
  private @Nullable Throwable failure;

  private Session(Database database, Connection connection) throws SQLException {
    this.database = database;
    this.connection = connection;
    BlobRows blobs = database.blobRows(connection);
    this.commits = new CommitWriter(connection, blobs);
    this.lookup = database.lookup(connection);
    this.finished = new FinishedJobs(connection, blobs);
  }

  static Session open(Database database) throws StoreException {
    try {
      Connection connection = database.connectWriter();
      try {
        return new Session(database, connection);
      } catch (SQLException e) {
        closeQuietly(connection);
        throw e;
      }
    } catch (SQLException e) {
      throw database.fault("open the log", e);
    }
  }

  Connection connection() {
    return connection;
  }

  CommitWriter commits() {
    return commits;
  }

  KeyLookup lookup() {
    return lookup;
  }

  FinishedJobs finished() {
    return finished;
  }

  /// Runs the work and commits it. Whatever goes wrong closes the session.
  <T extends @Nullable Object> T commit(String doing, Work<T> work) throws StoreException {
    return run(doing, work, Connection::commit);
  }

  /// Runs work that only reads. Whatever goes wrong closes the session.
  <T extends @Nullable Object> T read(String doing, Work<T> work) throws StoreException {
    return run(doing, work, Connection::rollback);
  }

  LogHead readHead() throws StoreException {
    return read("read the head of the log", () -> readHead(connection));
  }

  /// The `log.format` of the data.
  int readFormat() throws StoreException {
    return read("read the format of the log", () -> readFormat(connection));
  }

  /// The same, on any connection.
  static int readFormat(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(LogSql.READ_FORMAT)) {
      select.setInt(1, LogSql.LOG_ID);
      try (ResultSet rows = select.executeQuery()) {
        if (!rows.next()) {
          throw noRow();
        }
        return rows.getInt(1);
      }
    }
  }

  /// The head as it stands, in the transaction under way.
  static LogHead readHead(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(LogSql.READ_HEAD)) {
      select.setInt(1, LogSql.LOG_ID);
      try (ResultSet rows = select.executeQuery()) {
        if (!rows.next()) {
          throw noRow();
        }
        return new LogHead(
            rows.getLong(1),
            rows.getLong(2),
            rows.getLong(3),
            rows.getLong(4),
            rows.getLong(5),
            Row.get(rows, 6));
      }
    }
  }

  private static SQLException noRow() {
    return new SQLException("table log: no row " + LogSql.LOG_ID + " (expected: one)");
  }

  private <T extends @Nullable Object> T run(String doing, Work<T> work, Ending ending)
      throws StoreException {
    if (failure != null) {
      throw new StoreException.Unavailable(doing + ": failed before (expected: reopen)", failure);
    }
    database.commits().lock();
    try {
      T result = work.run();
      ending.apply(connection);
      return result;
    } catch (SQLException e) {
      abandon(e);
      throw database.fault(doing, e);
    } catch (StoreException | RuntimeException | Error e) {
      abandon(e);
      throw e;
    } finally {
      database.commits().unlock();
    }
  }

  private void abandon(Throwable cause) {
    failure = cause;
    closeQuietly(connection);
  }

  @Override
  public void close() {
    abandon(new IllegalStateException("closed"));
  }

  static void closeQuietly(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      // Nothing is lost: what was not committed is not ours, and the process gives back the rest.
    }
  }
}
