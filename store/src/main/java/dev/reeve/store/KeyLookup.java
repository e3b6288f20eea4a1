package dev.reeve.store;

import dev.reeve.engine.port.IdempotencyScope;
import dev.reeve.engine.port.JobLog.Known;
import dev.reeve.job.JobKey;
import java.sql.SQLException;
import java.util.Collection;

/// Finds idempotency keys and job ids on the connection it was prepared for. Belongs to one thread.
interface KeyLookup {
  /// See `JobLog.lookup`.
  Known find(Collection<IdempotencyScope> scopes, Collection<JobKey> jobs, long nowMicros)
      throws SQLException;
}
