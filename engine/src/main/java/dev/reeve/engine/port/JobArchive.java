package dev.reeve.engine.port;

import dev.reeve.base.Bytes;
import dev.reeve.job.Content;
import dev.reeve.job.JobKey;
import java.util.List;
import java.util.Optional;

/// Reads what is committed. Every method may block for a disk or network read, is safe on any
/// thread, and sees every commit that returned before it was called.
public interface JobArchive {
  /// The job without its segments.
  Optional<StoredJob> find(JobKey key) throws StoreException;

  /// The job without its segments.
  Optional<StoredJob> find(long jobNo) throws StoreException;

  /// A job of this id, whichever tenant it belongs to; the first of them by tenant when several
  /// have one. For APIs whose ids carry no tenant; costs one search for each tenant that has jobs.
  Optional<StoredJob> findInAnyTenant(String jobId) throws StoreException;

  /// Event documents of a job from the one that contains `fromSeq` on, in order; the first events
  /// stored with the job count as the first document.
  ///
  /// @param bytesMax stops after the document that reaches this size; always at least one if there
  ///   is one
  List<Bytes> events(long jobNo, long fromSeq, int bytesMax) throws StoreException;

  /// Input bytes of a job.
  ///
  /// @param content the reference in its admission
  Optional<Bytes> payload(long jobNo, String tenant, Content content) throws StoreException;

  /// Result bytes of a job, also while they wait for their review. Who may see them is decided by
  /// the caller, from the job's state.
  Optional<Bytes> result(long jobNo, String tenant, Content content) throws StoreException;

  /// Jobs in descending job number.
  ///
  /// @param tenant only this tenant's; empty for all
  /// @param belowJobNo only jobs with a smaller number; `Long.MAX_VALUE` for all
  /// @param limit at most so many
  List<StoredJob> list(Optional<String> tenant, long belowJobNo, int limit) throws StoreException;

  /// Journal rows in ascending position.
  List<JournalRow> journal(long afterPosition, int limit) throws StoreException;

  /// Leaf hashes of full tiles, 8,192 bytes each, in ascending index.
  List<Commit.TileRow> tiles(long fromIndex, int limit) throws StoreException;

  /// One commit as the journal keeps it.
  ///
  /// @param position its number
  /// @param epoch of the owner that made it
  /// @param nowMicros its time
  /// @param bytes receipts and sequence numbers
  record JournalRow(long position, long epoch, long nowMicros, Bytes bytes) {}
}
