package dev.reeve.engine.port;

import dev.reeve.base.Bytes;
import dev.reeve.job.JobKey;
import dev.reeve.job.StateName;
import java.util.List;

/// Everything that one group of commands changes. Stored whole or not at all.
///
/// @param before the head that must still be in force; otherwise the log was taken over
/// @param after the head that this commit makes
/// @param journal the receipts of the group and which jobs got which sequence numbers
/// @param jobs new jobs
/// @param segments events of jobs that existed before
/// @param outcomes jobs that ended
/// @param keys idempotency keys taken
/// @param blobs which jobs refer to which blobs from now on, with the bytes that are not stored yet
/// @param tiles full tiles of 256 leaf hashes
/// @param drops blobs that jobs refer to no longer
/// @param documents small documents that change, each name once
public record Commit(
    LogHead before,
    LogHead after,
    Bytes journal,
    List<JobRow> jobs,
    List<SegmentRow> segments,
    List<OutcomeRow> outcomes,
    List<KeyRow> keys,
    List<BlobRow> blobs,
    List<TileRow> tiles,
    List<BlobDrop> drops,
    List<DocumentChange> documents) {
  /// A commit after which every blob is still referred to, and every document is as it was.
  public Commit(
      LogHead before,
      LogHead after,
      Bytes journal,
      List<JobRow> jobs,
      List<SegmentRow> segments,
      List<OutcomeRow> outcomes,
      List<KeyRow> keys,
      List<BlobRow> blobs,
      List<TileRow> tiles) {
    this(
        before, after, journal, jobs, segments, outcomes, keys, blobs, tiles, List.of(), List.of());
  }

  public Commit {
    jobs = List.copyOf(jobs);
    segments = List.copyOf(segments);
    outcomes = List.copyOf(outcomes);
    keys = List.copyOf(keys);
    blobs = List.copyOf(blobs);
    tiles = List.copyOf(tiles);
    drops = List.copyOf(drops);
    documents = List.copyOf(documents);
  }

  /// A new job with its first events. A job that is refused at submit is inserted together with an
  /// [OutcomeRow] of the same commit.
  ///
  /// @param jobNo its number
  /// @param key tenant and id, unique in the log
  /// @param admission what was submitted and decided
  /// @param events its first events
  /// @param payload input bytes when small; empty when there are none or they are a blob
  public record JobRow(long jobNo, JobKey key, Bytes admission, Bytes events, Bytes payload) {}

  /// All events of one commit for one job that existed before.
  ///
  /// @param jobNo the job
  /// @param firstSeq sequence number of its first visible event, or of the next one when all are
  ///   internal
  /// @param events the events
  public record SegmentRow(long jobNo, long firstSeq, Bytes events) {}

  /// The end of a job.
  ///
  /// @param jobNo the job
  /// @param state its terminal state
  /// @param finishedAtMicros when, never 0
  /// @param outcome what a status call needs
  /// @param result result bytes when small; empty when there are none or they are a blob
  public record OutcomeRow(
      long jobNo, StateName state, long finishedAtMicros, Bytes outcome, Bytes result) {}

  /// An idempotency key that now belongs to a job. Replaces an expired row of the same scope.
  ///
  /// @param scope the name
  /// @param fingerprint digest of the request that took it
  /// @param jobNo the job it names
  /// @param jobId its id
  /// @param expiresAtMicros when it may be taken anew
  public record KeyRow(
      IdempotencyScope scope, Bytes fingerprint, long jobNo, String jobId, long expiresAtMicros) {}

  /// From now on a job refers to a blob, which is kept as long as any job does. Saying so again, or
  /// bringing the same bytes again, is not an error.
  ///
  /// @param jobNo the job, new or known
  /// @param tenant its tenant
  /// @param sha256 digest of the bytes
  /// @param content the bytes, at most [BlobStore#ROW_SIZE_MAX]; empty when [BlobStore#put] stored
  ///   them before
  public record BlobRow(long jobNo, String tenant, Bytes sha256, Bytes content) {}

  /// From now on a job refers to a blob no longer. The bytes go as soon as nobody does.
  ///
  /// @param jobNo the job
  /// @param tenant its tenant
  /// @param sha256 digest of the bytes
  public record BlobDrop(long jobNo, String tenant, Bytes sha256) {}

  /// 256 leaf hashes, 32 bytes each.
  ///
  /// @param index the tile's number from 0; its first leaf is index times 256
  public record TileRow(long index, Bytes hashes) {}
}
