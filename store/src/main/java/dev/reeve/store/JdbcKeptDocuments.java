package dev.reeve.store;

import dev.reeve.engine.port.StoreException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/// Kept documents as rows, written through a connection of their own in turn with the writer's
/// commits and behind the same fence. Safe on any thread; blocks.
final class JdbcKeptDocuments implements KeptDocuments {
  private static final String FIND =
      "SELECT at, content FROM kept_document WHERE log_id = ? AND name = ?";

  private static final String PUT =
      "INSERT INTO kept_document (log_id, name, at, content) VALUES (?, ?, ?, ?) ON CONFLICT"
          + " (log_id, name) DO UPDATE SET at = excluded.at, content = excluded.content";

  private final Database database;
  private final ConnectionPool connections;
  private final long epoch;

  /// @param connections with auto-commit off
  /// @param epoch of this owner
  JdbcKeptDocuments(Database database, ConnectionPool connections, long epoch) {
    this.database = database;
    this.connections = connections;
    this.epoch = epoch;
  }

  @Override
  public Optional<Kept> find(String name) throws StoreException {
    return connections.use("read a kept document", connection -> find(connection, name));
  }

  @Override
  public void put(String name, Kept document) throws StoreException {
    connections.use("keep a document", connection -> put(connection, name, document));
  }

  private static Optional<Kept> find(PooledConnection connection, String name) throws SQLException {
    PreparedStatement select = connection.prepared(FIND);
    select.setInt(1, LogSql.LOG_ID);
    select.setString(2, name);
    Optional<Kept> found;
    try (ResultSet rows = select.executeQuery()) {
      found =
          rows.next() ? Optional.of(new Kept(Row.get(rows, 2), rows.getLong(1))) : Optional.empty();
    }
    connection.connection().rollback();
    return found;
  }

  private boolean put(PooledConnection connection, String name, Kept document)
      throws SQLException, StoreException {
    database.commits().lock();
    try {
      PreparedStatement fence = connection.prepared(LogSql.HOLD_EPOCH);
      fence.setInt(1, LogSql.LOG_ID);
      fence.setLong(2, epoch);
      if (fence.executeUpdate() != 1) {
        connection.connection().rollback();
        throw new StoreException.OwnershipLost("log: owned by another node, epoch " + epoch);
      }
      PreparedStatement upsert = connection.prepared(PUT);
      upsert.setInt(1, LogSql.LOG_ID);
      upsert.setString(2, name);
      upsert.setLong(3, document.atMicros());
      Row.set(upsert, 4, document.content());
      upsert.executeUpdate();
      connection.connection().commit();
      return true;
    } finally {
      database.commits().unlock();
    }
  }
}
