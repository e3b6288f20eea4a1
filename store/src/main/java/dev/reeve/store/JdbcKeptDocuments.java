package dev.reeve.store;

import dev.reeve.engine.port.StoreException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/// Kept documents as rows. Safe on any thread; blocks.
final class JdbcKeptDocuments implements KeptDocuments {
  private static final String FIND =
      "SELECT at, content FROM kept_document WHERE log_id = ? AND name = ?";

  private static final String PUT =
      "INSERT INTO kept_document (log_id, name, at, content) VALUES (?, ?, ?, ?) ON CONFLICT"
          + " (log_id, name) DO UPDATE SET at = excluded.at, content = excluded.content";

  private final FencedWrites store;

  JdbcKeptDocuments(FencedWrites store) {
    this.store = store;
  }

  @Override
  public Optional<Kept> find(String name) throws StoreException {
    return store.read("read a kept document", connection -> find(connection, name));
  }

  @Override
  public void put(String name, Kept document) throws StoreException {
    int _ = store.write("keep a document", connection -> put(connection, name, document));
  }

  private static Optional<Kept> find(PooledConnection connection, String name) throws SQLException {
    PreparedStatement select = connection.prepared(FIND);
    select.setInt(1, LogSql.LOG_ID);
    select.setString(2, name);
    try (ResultSet rows = select.executeQuery()) {
      return rows.next()
          ? Optional.of(new Kept(Row.get(rows, 2), rows.getLong(1)))
          : Optional.empty();
    }
  }

  private static int put(PooledConnection connection, String name, Kept document)
      throws SQLException {
    PreparedStatement upsert = connection.prepared(PUT);
    upsert.setInt(1, LogSql.LOG_ID);
    upsert.setString(2, name);
    upsert.setLong(3, document.atMicros());
    Row.set(upsert, 4, document.content());
    return upsert.executeUpdate();
  }
}
