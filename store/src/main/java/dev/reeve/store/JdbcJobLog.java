package dev.reeve.store;

import dev.reeve.engine.port.Commit;
import dev.reeve.engine.port.IdempotencyScope;
import dev.reeve.engine.port.JobArchive;
import dev.reeve.engine.port.JobLog;
import dev.reeve.engine.port.LogHead;
import dev.reeve.engine.port.StoreException;
import dev.reeve.engine.port.StoredJob;
import dev.reeve.job.JobKey;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A log in a relational database: one transaction per commit, fenced by epoch and position.
///
/// Belongs to the writer's thread. A connection on which anything failed is never used again: until
/// [#reopen()] every call is refused.
final class JdbcJobLog implements JobLog {
  /// What belongs to a log besides its database.
  ///
  /// @param format its `log.format`
  /// @param archive its readers
  /// @param reserve its space for emergencies
  /// @param closeOthers ends what else uses the database; called before the writer leaves it
  /// @param giveUp gives ownership up; called after
  record Parts(
      int format, JobArchive archive, Reserve reserve, Runnable closeOthers, Runnable giveUp) {}

  private final Database database;
  private final Parts parts;
  private final long epoch;
  private Session session;
  private LogHead head;
  private boolean closed;

  /// Goes on from a head whose epoch the caller has just raised.
  JdbcJobLog(Database database, Session session, LogHead head, Parts parts) {
    this.database = database;
    this.session = session;
    this.head = head;
    this.epoch = head.epoch();
    this.parts = parts;
  }

  @Override
  public LogHead head() {
    return head;
  }

  @Override
  public int format() {
    return parts.format();
  }

  @Override
  public void loadUnfinished(Consumer<StoredJob> sink) throws StoreException {
    session.<@Nullable Void>read(
        "load unfinished jobs",
        () -> {
          UnfinishedJobs.read(session.connection(), sink);
          return null;
        });
  }

  @Override
  public Known lookup(Collection<IdempotencyScope> scopes, Collection<JobKey> jobs, long nowMicros)
      throws StoreException {
    return session.read("look up keys", () -> session.lookup().find(scopes, jobs, nowMicros));
  }

  @Override
  public void commit(Commit commit) throws StoreException {
    head =
        session.commit(
            "commit " + commit.after().position(),
            () -> {
              if (!session.commits().write(commit)) {
                throw lost("the head moved");
              }
              return commit.after();
            });
  }

  @Override
  public LogHead reopen() throws StoreException {
    session.close();
    session = Session.open(database);
    LogHead stored = session.readHead();
    if (stored.epoch() != epoch) {
      session.close();
      throw lost("its epoch is " + stored.epoch());
    }
    head = stored;
    return stored;
  }

  @Override
  public int removeFinished(long endedBeforeMicros, int limit) throws StoreException {
    return session.commit(
        "remove finished jobs",
        () -> {
          holdEpoch();
          return session.finished().removeOldest(endedBeforeMicros, limit);
        });
  }

  @Override
  public boolean releaseReserve() throws StoreException {
    return parts.reserve().release();
  }

  @Override
  public boolean restoreReserve() throws StoreException {
    return parts.reserve().restore();
  }

  @Override
  public JobArchive archive() {
    return parts.archive();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      parts.closeOthers().run();
      session.close();
      parts.giveUp().run();
    }
  }

  private void holdEpoch() throws SQLException, StoreException {
    try (PreparedStatement hold = session.connection().prepareStatement(LogSql.HOLD_EPOCH)) {
      hold.setInt(1, LogSql.LOG_ID);
      hold.setLong(2, epoch);
      if (hold.executeUpdate() != 1) {
        throw lost("its epoch moved");
      }
    }
  }

  private StoreException lost(String how) {
    return new StoreException.OwnershipLost(
        "log " + LogSql.LOG_ID + ": " + how + " (expected: epoch " + epoch + ", ours)");
  }
}
