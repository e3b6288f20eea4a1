package dev.reeve.store;

import dev.reeve.base.Bytes;
import dev.reeve.engine.port.StoreException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Kept documents as rows. Safe on any thread; blocks.
final class JdbcKeptDocuments implements KeptDocuments {
  /// Documents that are read at once; each may have some megabytes.
  private static final int PAGE = 32;

  private record Page(List<Kept> documents, String lastName) {}

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

  @Override
  public void each(String prefix, Consumer<Kept> sink) throws StoreException {
    String after = "";
    Page page;
    do {
      String from = after;
      page = store.read("list kept documents", connection -> page(connection, prefix, from));
      page.documents().forEach(sink);
      after = page.lastName();
    } while (page.documents().size() == PAGE);
  }

  private static Page page(PooledConnection connection, String prefix, String after)
      throws SQLException {
    PreparedStatement select = connection.prepared(LogSql.LIST_DOCUMENTS);
    select.setInt(1, LogSql.LOG_ID);
    select.setString(2, after);
    select.setInt(3, prefix.length());
    select.setString(4, prefix);
    select.setInt(5, PAGE);
    List<Kept> documents = new ArrayList<>();
    String last = after;
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        documents.add(new Kept(Row.get(rows, 2), rows.getLong(1)));
        last = rows.getString(3);
      }
    }
    return new Page(documents, last);
  }

  private static Optional<Kept> find(PooledConnection connection, String name) throws SQLException {
    PreparedStatement select = connection.prepared(LogSql.FIND_DOCUMENT);
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
    PreparedStatement upsert = connection.prepared(LogSql.PUT_DOCUMENT);
    bind(upsert, name, document.atMicros(), document.content());
    return upsert.executeUpdate();
  }

  /// Sets what [LogSql#PUT_DOCUMENT] asks for.
  static void bind(PreparedStatement upsert, String name, long atMicros, Bytes content)
      throws SQLException {
    upsert.setInt(1, LogSql.LOG_ID);
    upsert.setString(2, name);
    upsert.setLong(3, atMicros);
    Row.set(upsert, 4, content);
  }
}
