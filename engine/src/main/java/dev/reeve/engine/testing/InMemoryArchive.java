package dev.reeve.engine.testing;

import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import dev.reeve.engine.port.Commit;
import dev.reeve.engine.port.JobArchive;
import dev.reeve.engine.port.StoredJob;
import dev.reeve.job.Content;
import dev.reeve.job.JobKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads an [InMemoryStore]. Safe on any thread.
final class InMemoryArchive implements JobArchive {
  private final InMemoryStore store;

  InMemoryArchive(InMemoryStore store) {
    this.store = store;
  }

  @Override
  public Optional<StoredJob> find(JobKey key) {
    synchronized (store) {
      Long number = store.numbers.get(key);
      return number == null ? Optional.empty() : find(number);
    }
  }

  @Override
  public Optional<StoredJob> find(long jobNo) {
    synchronized (store) {
      return Optional.ofNullable(store.jobs.get(jobNo)).map(rows -> stored(rows, false));
    }
  }

  @Override
  public Optional<StoredJob> findInAnyTenant(String jobId) {
    synchronized (store) {
      return store.numbers.keySet().stream()
          .filter(key -> key.jobId().equals(jobId))
          .min(Comparator.comparing(JobKey::tenant))
          .flatMap(this::find);
    }
  }

  @Override
  public List<Bytes> events(long jobNo, long fromSeq, int bytesMax) {
    synchronized (store) {
      InMemoryStore.JobRows rows = store.jobs.get(jobNo);
      List<Bytes> found = new ArrayList<>();
      if (rows == null) {
        return found;
      }
      List<Commit.SegmentRow> segments = rows.segments;
      int at = segments.size() - 1;
      while (at >= 0 && segments.get(at).firstSeq() > fromSeq) {
        at--;
      }
      long bytes = 0;
      if (at < 0) {
        found.add(rows.first.events());
        bytes = rows.first.events().size();
        at = 0;
      }
      for (; at < segments.size() && (bytes < bytesMax || found.isEmpty()); at++) {
        found.add(segments.get(at).events());
        bytes += segments.get(at).events().size();
      }
      return found;
    }
  }

  @Override
  public Optional<Bytes> payload(long jobNo, String tenant, Content content) {
    InMemoryStore.JobRows rows = rows(jobNo);
    return rows == null ? Optional.empty() : content(rows.first.payload(), tenant, content);
  }

  @Override
  public Optional<Bytes> result(long jobNo, String tenant, Content content) {
    InMemoryStore.JobRows rows = rows(jobNo);
    Commit.OutcomeRow end = rows == null ? null : rows.outcome;
    return rows == null
        ? Optional.empty()
        : content(end == null ? Bytes.EMPTY : end.result(), tenant, content);
  }

  @Override
  public List<StoredJob> list(Optional<String> tenant, long belowJobNo, int limit) {
    synchronized (store) {
      return store.jobs.headMap(belowJobNo, false).descendingMap().values().stream()
          .filter(rows -> tenant.isEmpty() || tenant.get().equals(rows.first.key().tenant()))
          .limit(limit)
          .map(rows -> stored(rows, false))
          .toList();
    }
  }

  @Override
  public List<JournalRow> journal(long afterPosition, int limit) {
    synchronized (store) {
      int from = Math.clamp(afterPosition, 0, store.journal.size());
      int to = (int) Math.min(store.journal.size(), from + (long) limit);
      return List.copyOf(store.journal.subList(from, to));
    }
  }

  @Override
  public List<Commit.TileRow> tiles(long fromIndex, int limit) {
    synchronized (store) {
      int from = Math.clamp(fromIndex, 0, store.tiles.size());
      int to = (int) Math.min(store.tiles.size(), from + (long) limit);
      return List.copyOf(store.tiles.subList(from, to));
    }
  }

  static StoredJob stored(InMemoryStore.JobRows rows, boolean withSegments) {
    Commit.OutcomeRow end = rows.outcome;
    return new StoredJob(
        rows.first.jobNo(),
        rows.first.admission(),
        rows.first.events(),
        withSegments ? rows.segments.stream().map(Commit.SegmentRow::events).toList() : List.of(),
        end == null ? Bytes.EMPTY : end.outcome());
  }

  private InMemoryStore.@Nullable JobRows rows(long jobNo) {
    synchronized (store) {
      return store.jobs.get(jobNo);
    }
  }

  private Optional<Bytes> content(Bytes inline, String tenant, Content content) {
    if (content.sizeBytes() == 0) {
      return Optional.of(Bytes.EMPTY);
    }
    return !inline.isEmpty() && Sha256.of(inline).equals(content.sha256())
        ? Optional.of(inline)
        : store.blobs.get(tenant, content.sha256());
  }
}
