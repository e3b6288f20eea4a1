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
  private static final long COPY_FROM_BYTES = 4L * 1024 * 1024;
  private static final long RESTART_FROM_PAGES = 64L * 1024 * 1024 / SqliteDatabase.PAGE_SIZE_BYTES;

  private final SqliteDatabase database;
  private final Path log;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  private WalCheckpoints(SqliteDatabase database) {
    this.database = database;
    this.log = database.writeAheadLog();
    this.thread = Thread.ofPlatform().name("reeve-checkpoint").daemon().unstarted(this::run);
  }

  static WalCheckpoints start(SqliteDatabase database) {
    WalCheckpoints checkpoints = new WalCheckpoints(database);
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
      if (sizeBytes() < COPY_FROM_BYTES) {
        return connection;
      }
      if (connection == null) {
        connection = database.connectCheckpointer();
      }
      try (Statement statement = connection.createStatement()) {
        if (pagesInLog(statement) >= RESTART_FROM_PAGES) {
          statement.execute("PRAGMA wal_checkpoint(RESTART)");
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

  /// Copies what is committed; answers how many pages the log holds, copied or not. The file never
  /// shrinks, so its size would not tell.
  private static long pagesInLog(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery("PRAGMA wal_checkpoint(PASSIVE)")) {
      return rows.next() ? rows.getLong(2) : 0;
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
