package dev.reeve.store;

import dev.reeve.base.Bytes;
import dev.reeve.engine.port.Commit;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/// Small blobs in SQLite. Only the writer adds and removes them, so a blob goes with its last use.
final class SqliteBlobRows implements BlobRows {
  private static final String INSERT =
      "INSERT INTO blob (log_id, tenant, sha256, content) VALUES (?, ?, ?, ?)"
          + " ON CONFLICT DO NOTHING";

  private static final String REMOVE_UNUSED_OF_JOB =
      "DELETE FROM blob WHERE (log_id, tenant, sha256) IN"
          + " (SELECT log_id, tenant, sha256 FROM blob_use WHERE log_id = ?1 AND job_no = ?2)"
          + " AND NOT EXISTS (SELECT 1 FROM blob_use other WHERE other.log_id = blob.log_id"
          + " AND other.tenant = blob.tenant AND other.sha256 = blob.sha256"
          + " AND other.job_no <> ?2)";

  private static final String REMOVE_IF_UNUSED =
      "DELETE FROM blob WHERE log_id = ?1 AND tenant = ?2 AND sha256 = ?3"
          + " AND NOT EXISTS (SELECT 1 FROM blob_use WHERE log_id = ?1 AND tenant = ?2"
          + " AND sha256 = ?3)";

  private final Connection connection;
  private final PreparedStatement insert;
  private final PreparedStatement removeUnused;
  private final PreparedStatement removeUses;

  SqliteBlobRows(Connection connection) throws SQLException {
    this.connection = connection;
    this.insert = connection.prepareStatement(INSERT);
    this.removeUnused = connection.prepareStatement(REMOVE_UNUSED_OF_JOB);
    this.removeUses = connection.prepareStatement(LogSql.REMOVE_BLOB_USES);
  }

  @Override
  public void insert(String tenant, Bytes sha256, Bytes content) throws SQLException {
    insert.setInt(1, LogSql.LOG_ID);
    insert.setString(2, tenant);
    Row.set(insert, 3, sha256);
    Row.set(insert, 4, content);
    insert.executeUpdate();
  }

  @Override
  public void removeUse(Commit.BlobDrop drop) throws SQLException {
    try (PreparedStatement use = connection.prepareStatement(LogSql.REMOVE_BLOB_USE);
        PreparedStatement blob = connection.prepareStatement(REMOVE_IF_UNUSED)) {
      use.setInt(1, LogSql.LOG_ID);
      use.setLong(2, drop.jobNo());
      Row.set(use, 3, drop.sha256());
      use.executeUpdate();
      blob.setInt(1, LogSql.LOG_ID);
      blob.setString(2, drop.tenant());
      Row.set(blob, 3, drop.sha256());
      blob.executeUpdate();
    }
  }

  /// One job after the other, so that a blob shared by two of them goes with the second.
  @Override
  public void removeUses(List<Long> jobNos) throws SQLException {
    for (long jobNo : jobNos) {
      removeUnused.setInt(1, LogSql.LOG_ID);
      removeUnused.setLong(2, jobNo);
      removeUnused.executeUpdate();
      removeUses.setInt(1, LogSql.LOG_ID);
      removeUses.setLong(2, jobNo);
      removeUses.executeUpdate();
    }
  }
}
