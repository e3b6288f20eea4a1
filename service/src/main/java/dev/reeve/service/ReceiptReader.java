package dev.reeve.service;

import dev.reeve.base.Bytes;
import dev.reeve.engine.EventDocument;
import dev.reeve.engine.JournalDocument;
import dev.reeve.engine.port.JobArchive;
import dev.reeve.engine.port.JobArchive.JournalRow;
import dev.reeve.engine.port.StoreException;
import dev.reeve.job.Job;
import dev.reeve.ledger.Leaf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Reads the leaves of the audit tree from the journal. Blocks; belongs on a virtual thread.
public final class ReceiptReader {
  private static final int ROWS_PER_READ = 64;
  private static final int LEAVES_LOOKED_AT_MAX = 20_000;

  private final JobArchive archive;

  public ReceiptReader(JobArchive archive) {
    this.archive = archive;
  }

  /// One leaf.
  ///
  /// @param leaf as read
  /// @param bytes as hashed
  public record Entry(Leaf leaf, Bytes bytes) {}

  /// One page.
  ///
  /// @param entries in tree order
  /// @param nextIndex where the next page begins; empty when this was the last
  public record Page(List<Entry> entries, Optional<Long> nextIndex) {
    public Page {
      entries = List.copyOf(entries);
    }
  }

  /// Leaves from an index on. A page looks at a bounded number of leaves, so a narrow filter may
  /// give a short page that goes on.
  ///
  /// @param lastPosition newest commit to look at
  /// @param readable which of them may be shown
  public Page list(long lastPosition, long firstIndex, int size, Predicate<Leaf> readable) {
    List<Entry> found = new ArrayList<>();
    int looked = 0;
    long position = positionOf(firstIndex, lastPosition) - 1;
    while (position < lastPosition) {
      List<JournalRow> rows = journal(position, ROWS_PER_READ);
      if (rows.isEmpty()) {
        break;
      }
      for (JournalRow row : rows) {
        for (Bytes bytes : JournalDocument.read(row.bytes()).leaves()) {
          Leaf leaf = Leaf.read(bytes);
          if (leaf.index() < firstIndex) {
            continue;
          }
          if (found.size() == size || looked == LEAVES_LOOKED_AT_MAX) {
            return new Page(found, Optional.of(leaf.index()));
          }
          looked++;
          if (readable.test(leaf)) {
            found.add(new Entry(leaf, bytes));
          }
        }
        position = row.position();
      }
    }
    return new Page(found, Optional.empty());
  }

  /// Leaves that were committed with events of a job, from an index on.
  public Page ofJob(Job job, long lastPosition, long firstIndex, int size) {
    List<Entry> found = new ArrayList<>();
    for (long index : indexes(job)) {
      for (Entry entry : committedWith(index, lastPosition, job)) {
        if (entry.leaf().index() < firstIndex) {
          continue;
        }
        if (found.size() == size) {
          return new Page(found, Optional.of(entry.leaf().index()));
        }
        found.add(entry);
      }
    }
    return new Page(found, Optional.empty());
  }

  /// Events name the newest receipt of their commit; the job may have more in it.
  private List<Entry> committedWith(long index, long lastPosition, Job job) {
    List<Entry> found = new ArrayList<>();
    for (JournalRow row : journal(positionOf(index, lastPosition) - 1, 1)) {
      for (Bytes bytes : JournalDocument.read(row.bytes()).leaves()) {
        Leaf leaf = Leaf.read(bytes);
        if (leaf.receipt().job().equals(job.key().jobId())
            && leaf.receipt().tenant().equals(job.key().tenant())) {
          found.add(new Entry(leaf, bytes));
        }
      }
    }
    // Where the commit is gone, another one was found.
    return found.stream().anyMatch(entry -> entry.leaf().index() == index) ? found : List.of();
  }

  private List<Long> indexes(Job job) {
    try {
      List<Long> indexes = new ArrayList<>();
      for (Bytes bytes : archive.events(job.jobNo(), 0, Integer.MAX_VALUE)) {
        EventDocument document = EventDocument.read(bytes);
        if (document.leafIndex() >= 0) {
          indexes.add(document.leafIndex());
        }
      }
      return indexes;
    } catch (StoreException e) {
      throw JobReader.unavailable(e).toException();
    }
  }

  /// The newest commit whose leaves begin at or before an index: indexes rise with positions.
  public long positionOf(long index, long lastPosition) {
    long low = 1;
    long high = Math.max(1, lastPosition);
    while (low < high) {
      long middle = low + (high - low + 1) / 2;
      Optional<Long> first = firstIndexFrom(middle);
      if (first.isPresent() && first.get() <= index) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /// Index of the first leaf in a commit or after it.
  private Optional<Long> firstIndexFrom(long position) {
    long after = position - 1;
    while (true) {
      List<JournalRow> rows = journal(after, after == position - 1 ? 1 : ROWS_PER_READ);
      if (rows.isEmpty()) {
        return Optional.empty();
      }
      for (JournalRow row : rows) {
        List<Bytes> leaves = JournalDocument.read(row.bytes()).leaves();
        if (!leaves.isEmpty()) {
          return Optional.of(Leaf.read(leaves.getFirst()).index());
        }
        after = row.position();
      }
    }
  }

  private List<JournalRow> journal(long afterPosition, int limit) {
    try {
      return archive.journal(afterPosition, limit);
    } catch (StoreException e) {
      throw JobReader.unavailable(e).toException();
    }
  }
}
