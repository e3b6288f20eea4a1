package dev.reeve.engine.testing;

import dev.reeve.base.Check;
import dev.reeve.engine.port.Commit;
import dev.reeve.engine.port.IdempotencyScope;
import dev.reeve.engine.port.JobArchive;
import dev.reeve.engine.port.JobLog;
import dev.reeve.engine.port.LogHead;
import dev.reeve.engine.port.StoreException;
import dev.reeve.engine.port.StoredJob;
import dev.reeve.engine.port.StoredJobState;
import dev.reeve.job.JobKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// A log whose durable home is an [InMemoryStore].
final class InMemoryJobLog implements JobLog {
  private final InMemoryStore store;
  private final int format;
  private LogHead head;
  private boolean closed;
  private boolean failed;

  InMemoryJobLog(InMemoryStore store, LogHead head, int format) {
    this.format = format;
    this.store = store;
    this.head = head;
  }

  @Override
  public LogHead head() {
    return head;
  }

  @Override
  public int format() {
    return format;
  }

  @Override
  public void loadUnfinished(Consumer<StoredJob> sink) throws StoreException {
    checkOpen();
    List<StoredJob> unfinished = new ArrayList<>();
    synchronized (store) {
      for (InMemoryStore.JobRows rows : store.jobs.values()) {
        if (rows.outcome == null) {
          unfinished.add(InMemoryArchive.stored(rows, true));
        }
      }
    }
    unfinished.forEach(sink);
  }

  @Override
  public Known lookup(Collection<IdempotencyScope> scopes, Collection<JobKey> jobs, long nowMicros)
      throws StoreException {
    checkUsable();
    Map<IdempotencyScope, Commit.KeyRow> keys = new HashMap<>();
    Map<JobKey, StoredJobState> states = new HashMap<>();
    synchronized (store) {
      for (IdempotencyScope scope : scopes) {
        Commit.KeyRow row = store.keys.get(scope);
        if (row != null && row.expiresAtMicros() > nowMicros) {
          keys.put(scope, row);
        }
      }
      for (JobKey key : jobs) {
        Long number = store.numbers.get(key);
        InMemoryStore.JobRows rows = number == null ? null : store.jobs.get(number);
        if (rows != null) {
          states.put(
              key,
              new StoredJobState(
                  rows.first.jobNo(), Optional.ofNullable(rows.outcome).map(end -> end.state())));
        }
      }
    }
    return new Known(keys, states);
  }

  @Override
  public void commit(Commit commit) throws StoreException {
    checkUsable();
    failed = true;
    store.commit(commit);
    head = commit.after();
    failed = false;
  }

  @Override
  public LogHead reopen() throws StoreException {
    checkOpen();
    LogHead stored = store.head();
    if (stored.epoch() != head.epoch()) {
      throw new StoreException.OwnershipLost("epoch is " + stored.epoch() + " now");
    }
    head = stored;
    failed = false;
    return stored;
  }

  @Override
  public int removeFinished(long endedBeforeMicros, int limit) throws StoreException {
    checkOpen();
    return store.removeFinished(head.epoch(), endedBeforeMicros, limit);
  }

  @Override
  public boolean releaseReserve() {
    return false;
  }

  @Override
  public boolean restoreReserve() {
    return true;
  }

  @Override
  public JobArchive archive() {
    return store.archive();
  }

  @Override
  public void close() {
    closed = true;
  }

  /// As with a database, a log that failed is of no use until it is reopened.
  private void checkUsable() throws StoreException {
    checkOpen();
    if (failed) {
      throw new StoreException.Unavailable(
          "log: failed before (expected: reopen)", new IllegalStateException("failed"));
    }
  }

  private void checkOpen() {
    Check.state(!closed, "log: closed");
  }
}
