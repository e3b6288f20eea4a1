package dev.reeve.store;

import dev.reeve.engine.port.StoreException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Kept policies as rows, one for each and one for each of its files. Safe on any thread; blocks.
final class JdbcKeptPolicies implements KeptPolicies {
  private static final String LIST =
      "SELECT snapshot, first_at, last_at, source, files, bytes FROM policy_snapshot"
          + " WHERE log_id = ? ORDER BY turn DESC";

  private static final String FILES =
      "SELECT name, invariants, verified, content FROM policy_snapshot_file"
          + " WHERE log_id = ? AND snapshot = ? ORDER BY place";

  private static final String NEXT_TURN =
      "SELECT COALESCE(MAX(turn), 0) + 1 FROM policy_snapshot WHERE log_id = ?";

  private static final String COME_AGAIN =
      "UPDATE policy_snapshot SET turn = ?, last_at = ?, source = ?"
          + " WHERE log_id = ? AND snapshot = ?";

  private static final String INSERT =
      "INSERT INTO policy_snapshot"
          + " (log_id, snapshot, turn, first_at, last_at, source, files, bytes)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

  private static final String INSERT_FILE =
      "INSERT INTO policy_snapshot_file"
          + " (log_id, snapshot, place, name, invariants, verified, content)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?)";

  private static final String REMOVE =
      "DELETE FROM policy_snapshot WHERE log_id = ? AND snapshot = ?";

  private static final String REMOVE_FILES =
      "DELETE FROM policy_snapshot_file WHERE log_id = ? AND snapshot = ?";

  private final FencedWrites store;

  JdbcKeptPolicies(FencedWrites store) {
    this.store = store;
  }

  @Override
  public List<Entry> newestFirst() throws StoreException {
    return store.read("list the kept policies", JdbcKeptPolicies::list);
  }

  @Override
  public Optional<List<File>> files(String snapshot) throws StoreException {
    return store.read("read a kept policy", connection -> found(connection, snapshot));
  }

  @Override
  public List<Entry> put(
      String snapshot, long atMicros, String source, List<File> files, Bounds bounds)
      throws StoreException {
    return store.write(
        "keep a policy",
        connection -> {
          long turn = nextTurn(connection);
          if (!comesAgain(connection, snapshot, turn, atMicros, source)) {
            insert(connection, snapshot, turn, atMicros, source, files);
          }
          return prune(connection, bounds);
        });
  }

  /// All that are kept, the newest first.
  static List<Entry> list(PooledConnection connection) throws SQLException {
    PreparedStatement select = connection.prepared(LIST);
    select.setInt(1, LogSql.LOG_ID);
    List<Entry> entries = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        entries.add(
            new Entry(
                rows.getString(1),
                rows.getLong(2),
                rows.getLong(3),
                rows.getString(4),
                rows.getInt(5),
                rows.getLong(6)));
      }
    }
    return entries;
  }

  /// The files of a policy; empty when it is not kept.
  static Optional<List<File>> found(PooledConnection connection, String snapshot)
      throws SQLException {
    PreparedStatement select = connection.prepared(FILES);
    select.setInt(1, LogSql.LOG_ID);
    select.setString(2, snapshot);
    List<File> files = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        files.add(
            new File(
                rows.getString(1), Row.get(rows, 4), rows.getInt(2) != 0, rows.getInt(3) != 0));
      }
    }
    return files.isEmpty() ? Optional.empty() : Optional.of(files);
  }

  private static long nextTurn(PooledConnection connection) throws SQLException {
    PreparedStatement select = connection.prepared(NEXT_TURN);
    select.setInt(1, LogSql.LOG_ID);
    try (ResultSet rows = select.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static boolean comesAgain(
      PooledConnection connection, String snapshot, long turn, long atMicros, String source)
      throws SQLException {
    PreparedStatement update = connection.prepared(COME_AGAIN);
    update.setLong(1, turn);
    update.setLong(2, atMicros);
    update.setString(3, source);
    update.setInt(4, LogSql.LOG_ID);
    update.setString(5, snapshot);
    return update.executeUpdate() == 1;
  }

  private static void insert(
      PooledConnection connection,
      String snapshot,
      long turn,
      long atMicros,
      String source,
      List<File> files)
      throws SQLException {
    PreparedStatement insert = connection.prepared(INSERT);
    insert.setInt(1, LogSql.LOG_ID);
    insert.setString(2, snapshot);
    insert.setLong(3, turn);
    insert.setLong(4, atMicros);
    insert.setLong(5, atMicros);
    insert.setString(6, source);
    insert.setInt(7, files.size());
    insert.setLong(8, files.stream().mapToLong(file -> file.content().size()).sum());
    insert.executeUpdate();
    PreparedStatement each = connection.prepared(INSERT_FILE);
    for (int place = 0; place < files.size(); place++) {
      File file = files.get(place);
      each.setInt(1, LogSql.LOG_ID);
      each.setString(2, snapshot);
      each.setInt(3, place);
      each.setString(4, file.name());
      each.setInt(5, file.invariants() ? 1 : 0);
      each.setInt(6, file.verified() ? 1 : 0);
      Row.setOrNull(each, 7, file.content());
      each.executeUpdate();
    }
  }

  /// Removes what is beyond the bounds, but never the newest; what stays.
  private static List<Entry> prune(PooledConnection connection, Bounds bounds) throws SQLException {
    List<Entry> kept = new ArrayList<>();
    long bytes = 0;
    boolean full = false;
    for (Entry entry : list(connection)) {
      bytes += entry.bytes();
      full = full || kept.size() >= bounds.snapshots() || bytes > bounds.bytes();
      if (kept.isEmpty() || !full) {
        kept.add(entry);
      } else {
        remove(connection, REMOVE_FILES, entry.snapshot());
        remove(connection, REMOVE, entry.snapshot());
      }
    }
    return kept;
  }

  private static void remove(PooledConnection connection, String sql, String snapshot)
      throws SQLException {
    PreparedStatement delete = connection.prepared(sql);
    delete.setInt(1, LogSql.LOG_ID);
    delete.setString(2, snapshot);
    delete.executeUpdate();
  }
}
