package dev.reeve.engine.testing;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.reeve.base.Check;
import dev.reeve.engine.port.BlobStore;
import dev.reeve.engine.port.Commit;
import dev.reeve.engine.port.DocumentChange;
import dev.reeve.engine.port.IdempotencyScope;
import dev.reeve.engine.port.JobArchive;
import dev.reeve.engine.port.JobLog;
import dev.reeve.engine.port.LogHead;
import dev.reeve.engine.port.StoreException;
import dev.reeve.job.JobKey;
import dev.reeve.job.StateName;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What would lie on disk: the rows of one log, and the blobs. Outlives every [JobLog] that was
/// opened on it, so that closing one and opening the next is a restart. Thread-safe.
///
/// Stricter than a database: rows that no correct engine writes are a defect and throw.
public final class InMemoryStore {
  /// The rows of one job.
  static final class JobRows {
    final Commit.JobRow first;
    final List<Commit.SegmentRow> segments = new ArrayList<>(1);
    Commit.@Nullable OutcomeRow outcome;

    JobRows(Commit.JobRow first) {
      this.first = first;
    }

    private long endedAtMicros() {
      return outcome == null ? Long.MAX_VALUE : outcome.finishedAtMicros();
    }
  }

  final InMemoryBlobStore blobs;

  @GuardedBy("this")
  final NavigableMap<Long, JobRows> jobs = new TreeMap<>();

  @GuardedBy("this")
  final Map<JobKey, Long> numbers = new HashMap<>();

  @GuardedBy("this")
  final Map<IdempotencyScope, Commit.KeyRow> keys = new HashMap<>();

  @GuardedBy("this")
  final List<JobArchive.JournalRow> journal = new ArrayList<>();

  @GuardedBy("this")
  final List<Commit.TileRow> tiles = new ArrayList<>();

  @GuardedBy("this")
  private final NavigableMap<String, DocumentChange.Put> documents = new TreeMap<>();

  @GuardedBy("this")
  private LogHead head = LogHead.empty(0);

  @GuardedBy("this")
  private int format = JobLog.FORMAT_PACKED;

  private final InMemoryArchive archive = new InMemoryArchive(this);

  /// @param clock tells the age of blobs
  public InMemoryStore(InstantSource clock) {
    blobs = new InMemoryBlobStore(clock);
  }

  /// Takes ownership: raises the epoch, so that every log opened before is fenced from now on.
  public synchronized JobLog open() {
    head =
        new LogHead(
            head.position(),
            head.epoch() + 1,
            head.nowMicros(),
            head.nextJobNo(),
            head.leafCount(),
            head.frontier());
    return new InMemoryJobLog(this, head, format);
  }

  /// Makes it a store of this format from the next opening on.
  public synchronized void setFormat(int logFormat) {
    format = logFormat;
  }

  public JobArchive archive() {
    return archive;
  }

  public BlobStore blobs() {
    return blobs;
  }

  /// The kept documents whose names begin like this, names ascending.
  public synchronized List<DocumentChange.Put> documents(String prefix) {
    return documents.tailMap(prefix).values().stream()
        .takeWhile(document -> document.name().startsWith(prefix))
        .toList();
  }

  synchronized LogHead head() {
    return head;
  }

  synchronized void commit(Commit commit) throws StoreException {
    if (commit.before().epoch() != head.epoch() || commit.before().position() != head.position()) {
      throw new StoreException.OwnershipLost(
          "head is " + head.epoch() + "/" + head.position() + ", not that of this owner");
    }
    LogHead after = commit.after();
    Check.state(
        after.epoch() == head.epoch() && after.position() == head.position() + 1,
        "head: %s (expected: the next position)",
        after);
    commit.jobs().forEach(this::insert);
    commit.segments().forEach(this::append);
    commit.outcomes().forEach(this::end);
    commit.keys().forEach(row -> take(row, after.nowMicros()));
    commit.blobs().forEach(row -> blobs.use(row));
    commit.drops().forEach(row -> blobs.drop(row));
    for (Commit.TileRow tile : commit.tiles()) {
      Check.state(tile.index() == tiles.size(), "tile: %s (expected: the next)", tile.index());
      tiles.add(tile);
    }
    commit.documents().forEach(this::change);
    journal.add(
        new JobArchive.JournalRow(
            after.position(), after.epoch(), after.nowMicros(), commit.journal()));
    head = after;
  }

  private synchronized void change(DocumentChange document) {
    switch (document) {
      case DocumentChange.Put put -> documents.put(put.name(), put);
      case DocumentChange.Drop drop -> documents.remove(drop.name());
    }
  }

  synchronized int removeFinished(long epoch, long endedBeforeMicros, int limit)
      throws StoreException {
    if (epoch != head.epoch()) {
      throw new StoreException.OwnershipLost("epoch is " + head.epoch() + ", not " + epoch);
    }
    List<JobRows> oldest =
        jobs.values().stream()
            .filter(rows -> rows.endedAtMicros() < endedBeforeMicros)
            .sorted((a, b) -> Long.compare(a.endedAtMicros(), b.endedAtMicros()))
            .limit(limit)
            .toList();
    for (JobRows rows : oldest) {
      long jobNo = rows.first.jobNo();
      jobs.remove(jobNo);
      numbers.remove(rows.first.key());
      keys.values().removeIf(row -> row.jobNo() == jobNo);
      blobs.release(jobNo);
    }
    return oldest.size();
  }

  private synchronized void insert(Commit.JobRow row) {
    Check.state(
        jobs.put(row.jobNo(), new JobRows(row)) == null, "job %s: inserted twice", row.jobNo());
    Check.state(numbers.put(row.key(), row.jobNo()) == null, "job %s: id is taken", row.key());
  }

  private synchronized void append(Commit.SegmentRow row) {
    JobRows rows = jobs.get(row.jobNo());
    if (rows == null || (rows.outcome != null && !isQuarantined(rows.outcome))) {
      throw new IllegalStateException("job " + row.jobNo() + ": unknown or ended");
    }
    Check.state(
        rows.segments.isEmpty() || rows.segments.getLast().firstSeq() <= row.firstSeq(),
        "job %s: segment goes back to event %s",
        row.jobNo(),
        row.firstSeq());
    rows.segments.add(row);
  }

  /// What a reviewer makes of a held output is the one thing that comes after an end.
  private static boolean isQuarantined(Commit.OutcomeRow outcome) {
    return outcome.state() == StateName.QUARANTINED;
  }

  private synchronized void end(Commit.OutcomeRow row) {
    Check.state(
        row.state().isTerminal() && row.finishedAtMicros() > 0 && !row.outcome().isEmpty(),
        "job %s: ends as %s at %s",
        row.jobNo(),
        row.state(),
        row.finishedAtMicros());
    unfinished(row.jobNo()).outcome = row;
  }

  private synchronized void take(Commit.KeyRow row, long nowMicros) {
    Commit.KeyRow known = keys.put(row.scope(), row);
    Check.state(
        known == null || known.expiresAtMicros() <= nowMicros, "key %s: taken twice", row.scope());
  }

  private synchronized JobRows unfinished(long jobNo) {
    JobRows rows = jobs.get(jobNo);
    if (rows == null || rows.outcome != null) {
      throw new IllegalStateException("job " + jobNo + ": unknown or ended");
    }
    return rows;
  }
}
