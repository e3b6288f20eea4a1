package dev.reeve.store;

import dev.reeve.base.Bytes;
import dev.reeve.base.Check;
import dev.reeve.base.Sha256;
import dev.reeve.engine.port.BlobStore;
import dev.reeve.engine.port.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Blobs in PostgreSQL, in parts of 256 KiB, so that every node sees them. A blob is put in one
/// transaction of its own; its first part carries its age and is what a put and a sweep both lock.
final class PostgresBlobStore implements BlobStore {
  private static final int PART_BYTES = 256 * 1024;

  private static final String MAKE_YOUNG =
      "UPDATE blob SET stored_at = ?"
          + " WHERE log_id = ? AND tenant = ? AND sha256 = ? AND part = 0";

  private static final String FIND_PARTS =
      "SELECT content FROM blob WHERE log_id = ? AND tenant = ? AND sha256 = ? ORDER BY part";

  /// Old blobs without a use, locked so that nobody makes them young meanwhile; blobs that somebody
  /// is just putting are left for the next sweep.
  private static final String REMOVE_UNUSED =
      "WITH unused AS (SELECT b.tenant, b.sha256 FROM blob b"
          + " WHERE b.log_id = ? AND b.part = 0 AND b.stored_at < ?"
          + " AND NOT EXISTS (SELECT 1 FROM blob_use u WHERE u.log_id = b.log_id"
          + " AND u.sha256 = b.sha256 AND u.tenant = b.tenant)"
          + " ORDER BY b.stored_at LIMIT ? FOR UPDATE OF b SKIP LOCKED),"
          + " removed AS (DELETE FROM blob b USING unused u"
          + " WHERE b.log_id = ? AND b.tenant = u.tenant AND b.sha256 = u.sha256"
          + " RETURNING b.part)"
          + " SELECT count(*) FROM removed WHERE part = 0";

  private final ConnectionPool connections;
  private final InstantSource clock;

  PostgresBlobStore(ConnectionPool connections, InstantSource clock) {
    this.connections = connections;
    this.clock = clock;
  }

  @Override
  public void put(String tenant, Bytes sha256, Bytes content) throws StoreException {
    Check.argument(
        content.size() <= SIZE_MAX,
        "blob: %s bytes (expected: at most %s)",
        content.size(),
        SIZE_MAX);
    connections.<Boolean>use(
        "put a blob",
        connection ->
            makeYoung(connection, tenant, sha256) || add(connection, tenant, sha256, content));
  }

  private boolean makeYoung(PooledConnection connection, String tenant, Bytes sha256)
      throws SQLException {
    PreparedStatement update = connection.prepared(MAKE_YOUNG);
    update.setLong(1, nowMicros());
    update.setInt(2, LogSql.LOG_ID);
    update.setString(3, tenant);
    Row.set(update, 4, sha256);
    return update.executeUpdate() == 1;
  }

  private boolean add(PooledConnection connection, String tenant, Bytes sha256, Bytes content)
      throws SQLException {
    connection.connection().setAutoCommit(false);
    PreparedStatement insert = connection.prepared(PostgresBlobRows.INSERT_PART);
    byte[] bytes = content.unsafeArray();
    for (int part = 0; part == 0 || part * PART_BYTES < bytes.length; part++) {
      int from = part * PART_BYTES;
      int to = Math.min(from + PART_BYTES, bytes.length);
      insert.setInt(1, LogSql.LOG_ID);
      insert.setString(2, tenant);
      Row.set(insert, 3, sha256);
      insert.setInt(4, part);
      insert.setLong(5, nowMicros());
      insert.setBytes(6, Arrays.copyOfRange(bytes, from, to));
      insert.executeUpdate();
    }
    connection.connection().commit();
    connection.connection().setAutoCommit(true);
    return true;
  }

  @Override
  public Optional<Bytes> get(String tenant, Bytes sha256) throws StoreException {
    Optional<Bytes> found =
        connections.use("read a blob", connection -> read(connection, tenant, sha256));
    if (found.isPresent() && !Sha256.of(found.get()).equals(sha256)) {
      throw new StoreException.Damaged(
          "blob " + sha256.hex() + ": its bytes have another digest",
          new IOException("digest " + Sha256.of(found.get()).hex()));
    }
    return found;
  }

  private static Optional<Bytes> read(PooledConnection connection, String tenant, Bytes sha256)
      throws SQLException {
    PreparedStatement select = connection.prepared(FIND_PARTS);
    select.setInt(1, LogSql.LOG_ID);
    select.setString(2, tenant);
    Row.set(select, 3, sha256);
    try (ResultSet rows = select.executeQuery()) {
      if (!rows.next()) {
        return Optional.empty();
      }
      ByteArrayOutputStream content = new ByteArrayOutputStream(PART_BYTES);
      do {
        content.writeBytes(Row.get(rows, 1).unsafeArray());
      } while (rows.next());
      return Optional.of(Bytes.wrap(content.toByteArray()));
    }
  }

  @Override
  public int removeUnused(long putBeforeMicros, int limit) throws StoreException {
    return connections.use(
        "remove unused blobs",
        connection -> {
          PreparedStatement remove = connection.prepared(REMOVE_UNUSED);
          remove.setInt(1, LogSql.LOG_ID);
          remove.setLong(2, putBeforeMicros);
          remove.setInt(3, limit);
          remove.setInt(4, LogSql.LOG_ID);
          try (ResultSet rows = remove.executeQuery()) {
            rows.next();
            return rows.getInt(1);
          }
        });
  }

  private long nowMicros() {
    return TimeUnit.MILLISECONDS.toMicros(clock.millis());
  }
}
