package dev.reeve.engine.port;

import dev.reeve.job.JobKey;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;

/// The durable home of one log, seen by its only writer.
///
/// An instance is opened by its adapter with ownership taken and the epoch raised. All methods are
/// called by one thread at a time, the writer's; readers use [#archive()]. Contract suite:
/// `JobLogContract` in `store`.
public interface JobLog extends AutoCloseable {
  /// Format of a log in which a journal row holds its receipts whole, and events the hash of
  /// theirs.
  int FORMAT_WHOLE = 1;

  /// Format of a log in which a journal row may hold its receipts in short, and events may only
  /// number theirs.
  int FORMAT_SHORT = 2;

  /// Format of a log in which a journal row may hold its receipts packed. New logs have it.
  int FORMAT_PACKED = 3;

  /// The newest committed head as this owner knows it.
  LogHead head();

  /// The format of the log: what is stored in it must be readable by whoever reads that format.
  int format();

  /// Hands over every unfinished job in ascending job number, each with all its segments. Called
  /// once, before the first commit.
  void loadUnfinished(Consumer<StoredJob> sink) throws StoreException;

  /// What is known of these keys and ids, in one round trip. Expired keys are not returned.
  ///
  /// @param nowMicros decides what is expired
  Known lookup(Collection<IdempotencyScope> scopes, Collection<JobKey> jobs, long nowMicros)
      throws StoreException;

  /// Stores the group and flushes it to stable storage. On return it is durable; on
  /// [StoreException.Unavailable] nobody knows, and the caller must [#reopen()].
  void commit(Commit commit) throws StoreException;

  /// Closes what is broken, connects anew and reads the head. Never raises the epoch: when the
  /// stored epoch is not ours any more, throws [StoreException.OwnershipLost].
  LogHead reopen() throws StoreException;

  /// Removes whole finished jobs that ended before a time, oldest first, with their segments, keys
  /// and uses of blobs. Receipts stay; blobs nobody uses any more go by [BlobStore#removeUnused].
  ///
  /// @param limit at most so many jobs
  /// @return how many were removed
  int removeFinished(long endedBeforeMicros, int limit) throws StoreException;

  /// Gives the emergency space up, so that on a full disk cancels and finishes still fit. The
  /// writer calls it after [StoreException.DiskFull] and [#reopen()], and then sends only commits
  /// that end jobs.
  ///
  /// @return whether there was any space to give up
  boolean releaseReserve() throws StoreException;

  /// Takes the emergency space back once there is room again, with a margin so that it does not
  /// swing.
  ///
  /// @return whether the store is ready for every kind of commit; a store without a reserve of its
  ///   own always is
  boolean restoreReserve() throws StoreException;

  /// Readers of what is committed. Safe on any thread, never blocked by the writer.
  JobArchive archive();

  /// Gives ownership up and releases everything. Idempotent.
  @Override
  void close();

  /// The answer of [#lookup].
  ///
  /// @param keys rows of those scopes that are taken
  /// @param jobs those ids that exist
  record Known(Map<IdempotencyScope, Commit.KeyRow> keys, Map<JobKey, StoredJobState> jobs) {
    public Known {
      keys = Map.copyOf(keys);
      jobs = Map.copyOf(jobs);
    }
  }
}
