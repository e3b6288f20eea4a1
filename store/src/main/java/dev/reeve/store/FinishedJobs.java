package dev.reeve.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Removes finished jobs with everything that hangs on them. The caller ends the transaction.
/// Belongs to the writer's thread.
final class FinishedJobs {
  private final Connection connection;
  private final BlobRows blobs;

  FinishedJobs(Connection connection, BlobRows blobs) {
    this.connection = connection;
    this.blobs = blobs;
  }

  /// See `JobLog.removeFinished`.
  int removeOldest(long endedBeforeMicros, int limit) throws SQLException {
    List<Long> jobs = oldest(endedBeforeMicros, limit);
    blobs.removeUses(jobs);
    delete(LogSql.REMOVE_SEGMENTS, jobs);
    delete(LogSql.REMOVE_KEYS, jobs);
    delete(LogSql.REMOVE_ENDING, jobs);
    delete(LogSql.REMOVE_JOB, jobs);
    return jobs.size();
  }

  private List<Long> oldest(long endedBeforeMicros, int limit) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(LogSql.OLDEST_FINISHED)) {
      select.setInt(1, LogSql.LOG_ID);
      select.setLong(2, endedBeforeMicros);
      select.setInt(3, limit);
      List<Long> jobs = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          jobs.add(rows.getLong(1));
        }
      }
      return jobs;
    }
  }

  private void delete(String sql, List<Long> jobs) throws SQLException {
    if (jobs.isEmpty()) {
      return;
    }
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      for (long jobNo : jobs) {
        delete.setInt(1, LogSql.LOG_ID);
        delete.setLong(2, jobNo);
        delete.addBatch();
      }
      delete.executeBatch();
    }
  }
}
