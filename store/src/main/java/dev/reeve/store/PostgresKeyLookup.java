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
import java.util.function.Function;

/// All keys and ids of a group in one statement, so that a group waits for one round trip.
final class PostgresKeyLookup implements KeyLookup {
  private static final String FIND =
      "SELECT true, i.tenant, i.project, i.dialect, i.key, i.fingerprint, i.job_no, i.job_id,"
          + " i.expires_at, NULL::text"
          + " FROM unnest(?::text[], ?::text[], ?::text[], ?::text[])"
          + " AS wanted (tenant, project, dialect, key)"
          + " JOIN idempotency i ON i.log_id = ? AND i.tenant = wanted.tenant"
          + " AND i.project = wanted.project AND i.dialect = wanted.dialect"
          + " AND i.key = wanted.key AND i.expires_at > ?"
          + " UNION ALL"
          + " SELECT false, j.tenant, NULL, NULL, NULL, NULL, j.job_no, j.job_id, NULL, e.state"
          + " FROM unnest(?::text[], ?::text[]) AS wanted (tenant, job_id)"
          + " JOIN job j ON j.log_id = ? AND j.tenant = wanted.tenant"
          + " AND j.job_id = wanted.job_id"
          + " LEFT JOIN ending e ON e.log_id = j.log_id AND e.job_no = j.job_no";

  private final Connection connection;
  private final PreparedStatement find;

  PostgresKeyLookup(Connection connection) throws SQLException {
    this.connection = connection;
    this.find = connection.prepareStatement(FIND);
  }

  @Override
  public Known find(Collection<IdempotencyScope> scopes, Collection<JobKey> jobs, long nowMicros)
      throws SQLException {
    if (scopes.isEmpty() && jobs.isEmpty()) {
      return new Known(Map.of(), Map.of());
    }
    setTexts(1, scopes, IdempotencyScope::tenant);
    setTexts(2, scopes, IdempotencyScope::project);
    setTexts(3, scopes, IdempotencyScope::dialect);
    setTexts(4, scopes, IdempotencyScope::key);
    find.setInt(5, LogSql.LOG_ID);
    find.setLong(6, nowMicros);
    setTexts(7, jobs, JobKey::tenant);
    setTexts(8, jobs, JobKey::jobId);
    find.setInt(9, LogSql.LOG_ID);
    Map<IdempotencyScope, KeyRow> keys = new HashMap<>();
    Map<JobKey, StoredJobState> states = new HashMap<>();
    try (ResultSet rows = find.executeQuery()) {
      while (rows.next()) {
        if (rows.getBoolean(1)) {
          KeyRow key = key(rows);
          keys.put(key.scope(), key);
        } else {
          states.put(
              new JobKey(rows.getString(2), rows.getString(8)),
              new StoredJobState(rows.getLong(7), Row.getState(rows, 10)));
        }
      }
    }
    return new Known(keys, states);
  }

  private <T> void setTexts(int index, Collection<T> values, Function<T, String> part)
      throws SQLException {
    String[] texts = values.stream().map(part).toArray(String[]::new);
    find.setArray(index, connection.createArrayOf("text", texts));
  }

  private static KeyRow key(ResultSet rows) throws SQLException {
    IdempotencyScope scope =
        new IdempotencyScope(
            rows.getString(2), rows.getString(3), rows.getString(4), rows.getString(5));
    return new KeyRow(scope, Row.get(rows, 6), rows.getLong(7), rows.getString(8), rows.getLong(9));
  }
}
