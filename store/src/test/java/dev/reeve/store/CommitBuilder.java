package dev.reeve.store;

import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import dev.reeve.engine.port.Commit;
import dev.reeve.engine.port.DocumentChange;
import dev.reeve.engine.port.IdempotencyScope;
import dev.reeve.engine.port.LogHead;
import dev.reeve.job.JobKey;
import dev.reeve.job.StateName;
import java.util.ArrayList;
import java.util.List;

/// Builds commits as a writer would, with recognisable bytes in every row.
final class CommitBuilder {
  static final String TENANT = "acme";

  private final LogHead before;
  private final List<Commit.JobRow> jobs = new ArrayList<>();
  private final List<Commit.SegmentRow> segments = new ArrayList<>();
  private final List<Commit.OutcomeRow> outcomes = new ArrayList<>();
  private final List<Commit.KeyRow> keys = new ArrayList<>();
  private final List<Commit.BlobRow> blobs = new ArrayList<>();
  private final List<Commit.TileRow> tiles = new ArrayList<>();
  private final List<DocumentChange> documents = new ArrayList<>();
  private long nextJobNo;

  private CommitBuilder(LogHead before) {
    this.before = before;
    this.nextJobNo = before.nextJobNo();
  }

  static CommitBuilder after(LogHead head) {
    return new CommitBuilder(head);
  }

  static Bytes text(String content) {
    return Bytes.utf8(content);
  }

  static JobKey key(long jobNo) {
    return new JobKey(TENANT, "job-" + jobNo);
  }

  static IdempotencyScope scope(String key) {
    return new IdempotencyScope(TENANT, "", "cordum", key);
  }

  /// The next job, named by its number.
  CommitBuilder job() {
    return job(TENANT, "payload " + nextJobNo);
  }

  CommitBuilder job(String tenant, String payload) {
    long jobNo = nextJobNo++;
    jobs.add(
        new Commit.JobRow(
            jobNo,
            new JobKey(tenant, "job-" + jobNo),
            text("admission " + jobNo),
            text("first events " + jobNo),
            text(payload)));
    return this;
  }

  CommitBuilder jobs(int count) {
    for (int i = 0; i < count; i++) {
      job();
    }
    return this;
  }

  CommitBuilder segment(long jobNo, long firstSeq, String events) {
    segments.add(new Commit.SegmentRow(jobNo, firstSeq, text(events)));
    return this;
  }

  CommitBuilder finish(long jobNo, long atMicros) {
    return finish(jobNo, atMicros, "result " + jobNo);
  }

  CommitBuilder finish(long jobNo, long atMicros, String result) {
    outcomes.add(
        new Commit.OutcomeRow(
            jobNo, StateName.COMPLETED, atMicros, text("outcome " + jobNo), text(result)));
    return this;
  }

  CommitBuilder takeKey(String key, long jobNo, long expiresAtMicros) {
    keys.add(
        new Commit.KeyRow(
            scope(key), Sha256.of(text(key)), jobNo, "job-" + jobNo, expiresAtMicros));
    return this;
  }

  /// The job uses a blob; its content comes with the commit.
  CommitBuilder blob(long jobNo, Bytes content) {
    blobs.add(new Commit.BlobRow(jobNo, TENANT, Sha256.of(content), content));
    return this;
  }

  /// The job uses a blob that was put before.
  CommitBuilder putBlob(long jobNo, Bytes content) {
    blobs.add(new Commit.BlobRow(jobNo, TENANT, Sha256.of(content), Bytes.EMPTY));
    return this;
  }

  CommitBuilder tile(long index, Bytes hashes) {
    tiles.add(new Commit.TileRow(index, hashes));
    return this;
  }

  CommitBuilder document(String name, String content) {
    documents.add(new DocumentChange.Put(name, 7, text(content)));
    return this;
  }

  CommitBuilder dropDocument(String name) {
    documents.add(new DocumentChange.Drop(name));
    return this;
  }

  Commit build() {
    long position = before.position() + 1;
    LogHead after =
        new LogHead(
            position,
            before.epoch(),
            before.nowMicros() + 10,
            nextJobNo,
            before.leafCount() + jobs.size(),
            text("frontier " + position));
    return new Commit(
        before,
        after,
        text("journal " + position),
        jobs,
        segments,
        outcomes,
        keys,
        blobs,
        tiles,
        List.of(),
        documents);
  }
}
