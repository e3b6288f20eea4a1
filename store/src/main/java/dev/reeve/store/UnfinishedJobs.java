package dev.reeve.store;

import dev.reeve.base.Bytes;
import dev.reeve.engine.port.StoredJob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Reads all unfinished jobs with their segments: two cursors in job order, merged, so that memory
/// holds one job at a time. Runs inside a transaction, which PostgreSQL needs to fetch in portions.
final class UnfinishedJobs {
  private static final int ROWS_PER_FETCH = 1_000;

  private UnfinishedJobs() {}

  static void read(Connection connection, Consumer<StoredJob> sink) throws SQLException {
    try (PreparedStatement jobs = connection.prepareStatement(LogSql.UNFINISHED_JOBS);
        PreparedStatement segments = connection.prepareStatement(LogSql.UNFINISHED_SEGMENTS);
        ResultSet jobRows = query(jobs);
        ResultSet segmentRows = query(segments)) {
      boolean more = segmentRows.next();
      while (jobRows.next()) {
        long jobNo = jobRows.getLong(1);
        List<Bytes> later = new ArrayList<>(4);
        while (more && segmentRows.getLong(1) == jobNo) {
          later.add(Row.get(segmentRows, 2));
          more = segmentRows.next();
        }
        sink.accept(
            new StoredJob(jobNo, Row.get(jobRows, 2), Row.get(jobRows, 3), later, Bytes.EMPTY));
      }
    }
  }

  private static ResultSet query(PreparedStatement statement) throws SQLException {
    statement.setInt(1, LogSql.LOG_ID);
    statement.setFetchSize(ROWS_PER_FETCH);
    return statement.executeQuery();
  }
}
