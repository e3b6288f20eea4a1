package dev.reeve.store;

import dev.reeve.base.Bytes;
import dev.reeve.engine.port.Commit;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Small blobs in PostgreSQL, stored by the commit that uses them. They are removed by age like the
/// large ones, because another node may be about to use them.
final class PostgresBlobRows implements BlobRows {
  /// Storing again makes young again, and waits for a sweep that is just removing the blob.
  static final String INSERT_PART =
      "INSERT INTO blob (log_id, tenant, sha256, part, stored_at, content)"
          + " VALUES (?, ?, ?, ?, ?, ?)"
          + " ON CONFLICT (log_id, tenant, sha256, part) DO UPDATE SET"
          + " stored_at = excluded.stored_at";

  private final Connection connection;
  private final PreparedStatement insert;
  private final PreparedStatement removeUses;
  private final InstantSource clock;

  PostgresBlobRows(Connection connection, InstantSource clock) throws SQLException {
    this.connection = connection;
    this.insert = connection.prepareStatement(INSERT_PART);
    this.removeUses = connection.prepareStatement(LogSql.REMOVE_BLOB_USES);
    this.clock = clock;
  }

  @Override
  public void insert(String tenant, Bytes sha256, Bytes content) throws SQLException {
    insert.setInt(1, LogSql.LOG_ID);
    insert.setString(2, tenant);
    Row.set(insert, 3, sha256);
    insert.setInt(4, 0);
    insert.setLong(5, TimeUnit.MILLISECONDS.toMicros(clock.millis()));
    Row.set(insert, 6, content);
    insert.executeUpdate();
  }

  @Override
  public void removeUse(Commit.BlobDrop drop) throws SQLException {
    try (PreparedStatement use = connection.prepareStatement(LogSql.REMOVE_BLOB_USE)) {
      use.setInt(1, LogSql.LOG_ID);
      use.setLong(2, drop.jobNo());
      Row.set(use, 3, drop.sha256());
      use.executeUpdate();
    }
  }

  @Override
  public void removeUses(List<Long> jobNos) throws SQLException {
    for (long jobNo : jobNos) {
      removeUses.setInt(1, LogSql.LOG_ID);
      removeUses.setLong(2, jobNo);
      removeUses.addBatch();
    }
    if (!jobNos.isEmpty()) {
      removeUses.executeBatch();
    }
  }
}
