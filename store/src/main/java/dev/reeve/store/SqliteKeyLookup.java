package dev.reeve.store;

import dev.reeve.engine.port.Commit.KeyRow;
import dev.reeve.engine.port.IdempotencyScope;
import dev.reeve.engine.port.JobLog.Known;
import dev.reeve.engine.port.StoredJobState;
import dev.reeve.job.JobKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// One point read per key: SQLite answers each in the process, there is no round trip to save.
final class SqliteKeyLookup implements KeyLookup {
  private static final String FIND_KEY =
      "SELECT fingerprint, job_no, job_id, expires_at FROM idempotency"
          + " WHERE log_id = ? AND tenant = ? AND project = ? AND dialect = ? AND key = ?"
          + " AND expires_at > ?";

  private static final String FIND_STATE =
      "SELECT job.job_no, ending.state FROM job LEFT JOIN ending ON ending.log_id = job.log_id"
          + " AND ending.job_no = job.job_no"
          + " WHERE job.log_id = ? AND job.tenant = ? AND job.job_id = ?";

  private final PreparedStatement findKey;
  private final PreparedStatement findState;

  SqliteKeyLookup(Connection connection) throws SQLException {
    this.findKey = connection.prepareStatement(FIND_KEY);
    this.findState = connection.prepareStatement(FIND_STATE);
  }

  @Override
  public Known find(Collection<IdempotencyScope> scopes, Collection<JobKey> jobs, long nowMicros)
      throws SQLException {
    Map<IdempotencyScope, KeyRow> keys = new HashMap<>();
    for (IdempotencyScope scope : scopes) {
      findKey(scope, nowMicros, keys);
    }
    Map<JobKey, StoredJobState> states = new HashMap<>();
    for (JobKey job : jobs) {
      findState(job, states);
    }
    return new Known(keys, states);
  }

  private void findKey(IdempotencyScope scope, long nowMicros, Map<IdempotencyScope, KeyRow> found)
      throws SQLException {
    findKey.setInt(1, LogSql.LOG_ID);
    findKey.setString(2, scope.tenant());
    findKey.setString(3, scope.project());
    findKey.setString(4, scope.dialect());
    findKey.setString(5, scope.key());
    findKey.setLong(6, nowMicros);
    try (ResultSet rows = findKey.executeQuery()) {
      if (rows.next()) {
        found.put(
            scope,
            new KeyRow(
                scope, Row.get(rows, 1), rows.getLong(2), rows.getString(3), rows.getLong(4)));
      }
    }
  }

  private void findState(JobKey job, Map<JobKey, StoredJobState> found) throws SQLException {
    findState.setInt(1, LogSql.LOG_ID);
    findState.setString(2, job.tenant());
    findState.setString(3, job.jobId());
    try (ResultSet rows = findState.executeQuery()) {
      if (rows.next()) {
        found.put(job, new StoredJobState(rows.getLong(1), Row.getState(rows, 2)));
      }
    }
  }
}
