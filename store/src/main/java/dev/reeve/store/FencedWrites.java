package dev.reeve.store;

import dev.reeve.engine.port.StoreException;
import java.sql.PreparedStatement;

/// Transactions beside the log, through connections of their own, in turn with the writer's commits
/// and behind the same fence. Safe on any thread; blocks.
final class FencedWrites {
  private final Database database;
  private final ConnectionPool connections;
  private final long epoch;

  /// @param connections with auto-commit off
  /// @param epoch of this owner
  FencedWrites(Database database, ConnectionPool connections, long epoch) {
    this.database = database;
    this.connections = connections;
    this.epoch = epoch;
  }

  /// Does the work in one transaction; on disk when it returns.
  ///
  /// @param doing what is tried, for messages
  /// @param work that does no harm when it is done twice
  /// @throws StoreException.OwnershipLost when another node has taken the log over
  <T> T write(String doing, ConnectionPool.Work<T> work) throws StoreException {
    return connections.use(
        doing,
        connection -> {
          database.commits().lock();
          try {
            PreparedStatement fence = connection.prepared(LogSql.HOLD_EPOCH);
            fence.setInt(1, LogSql.LOG_ID);
            fence.setLong(2, epoch);
            if (fence.executeUpdate() != 1) {
              connection.connection().rollback();
              throw new StoreException.OwnershipLost("log: owned by another node, epoch " + epoch);
            }
            T done = work.run(connection);
            connection.connection().commit();
            return done;
          } finally {
            database.commits().unlock();
          }
        });
  }

  /// Reads what one statement reads.
  <T> T read(String doing, ConnectionPool.Work<T> work) throws StoreException {
    return connections.use(
        doing,
        connection -> {
          T read = work.run(connection);
          connection.connection().rollback();
          return read;
        });
  }
}
