package dev.reeve.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Moves committed pages from SQLite's write-ahead log into its file, on a thread and a connection
/// of its own, because the flush this needs is the longest wait a commit could meet.
///
/// Most turns copy what they find and let the writer go on. Under steady load there is always
/// something newer, so the log never empties by itself; when it has grown large, one turn holds the
/// writer for the few pages that the previous turn left, and the log starts again from its front.
final class WalCheckpoints implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofMillis(200);

  private final SqliteDatabase database;
  private final SqliteLimits limits;
  private final Path log;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  private WalCheckpoints(SqliteDatabase database, SqliteLimits limits) {
    this.database = database;
    this.limits = limits;
    this.log = database.writeAheadLog();
    this.thread = Thread.ofPlatform().name("reeve-checkpoint").daemon().unstarted(this::run);
  }

  static WalCheckpoints start(SqliteDatabase database, SqliteLimits limits) {
    WalCheckpoints checkpoints = new WalCheckpoints(database, limits);
    checkpoints.thread.start();
    return checkpoints;
  }

  private void run() {
    @Nullable Connection connection = null;
    try {
      while (!closing.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
        connection = turn(connection);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (connection != null) {
        Session.closeQuietly(connection);
      }
    }
  }

  /// One look at the log. A failure is not reported: it is the disk's, the writer meets it at its
  /// next commit, and a log that cannot be emptied only grows.
  private @Nullable Connection turn(@Nullable Connection known) {
    Connection connection = known;
    try {
      if (sizeBytes() < limits.copyFromBytes()) {
        return connection;
      }
      if (connection == null) {
        connection = database.connectCheckpointer();
      }
      try (Statement statement = connection.createStatement()) {
        if (copy(statement) >= limits.restartFromBytes()) {
          copyAll(statement);
        }
      }
      return connection;
    } catch (IOException | SQLException e) {
      if (connection != null) {
        Session.closeQuietly(connection);
      }
      return null;
    }
  }

  /// Copies what is left while no commit is under way. With its next commit the writer then finds
  /// nothing in the log that is still needed, and starts again from its front. Waits for no reader:
  /// one that still needs the log only puts this off.
  private void copyAll(Statement statement) throws SQLException {
    database.commits().lock();
    try {
      copy(statement);
    } finally {
      database.commits().unlock();
    }
  }

  /// Copies what is committed; answers how much the log holds, copied or not. The file never
  /// shrinks, so its size would not tell.
  private static long copy(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery("PRAGMA wal_checkpoint(PASSIVE)")) {
      return rows.next() ? rows.getLong(2) * SqliteDatabase.PAGE_SIZE_BYTES : 0;
    }
  }

  private long sizeBytes() throws IOException {
    return Files.exists(log) ? Files.size(log) : 0;
  }

  /// Waits for a turn under way.
  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
