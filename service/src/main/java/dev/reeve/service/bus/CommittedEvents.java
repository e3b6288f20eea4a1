package dev.reeve.service.bus;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.reeve.base.Bytes;
import dev.reeve.engine.EventDocument;
import dev.reeve.engine.JournalDocument;
import dev.reeve.engine.SequencedEvent;
import dev.reeve.engine.Tail;
import dev.reeve.engine.port.JobArchive;
import dev.reeve.engine.port.JobArchive.JournalRow;
import dev.reeve.engine.port.StoreException;
import dev.reeve.engine.port.StoredJob;
import dev.reeve.job.Admission;
import dev.reeve.job.AdmissionCodec;
import dev.reeve.job.JobKey;
import dev.reeve.ledger.Leaf;
import dev.reeve.ledger.TreeHasher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the events of commits, from the tail while it has them, else from the archive. [#of] is
/// called by one thread and blocks; [#heard] is safe on any thread.
final class CommittedEvents {
  private static final int BYTES_PER_READ = 256 * 1024;
  private static final int NAMES_KEPT_MAX = 50_000;

  /// What the journal does not say of a job.
  private record Name(JobKey key, String topic) {}

  private final JobArchive archive;
  private final Tail tail;
  private final TreeHasher hasher = TreeHasher.create();

  @GuardedBy("names")
  private final Map<Long, Name> names =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Name> eldest) {
          return size() > NAMES_KEPT_MAX;
        }
      };

  CommittedEvents(JobArchive archive, Tail tail) {
    this.archive = archive;
    this.tail = tail;
  }

  /// Remembers what jobs are called that were just committed, so that nobody has to look it up.
  void heard(List<Tail.Appended> jobs) {
    synchronized (names) {
      for (Tail.Appended changed : jobs) {
        names.computeIfAbsent(
            changed.job().jobNo(),
            _ -> new Name(changed.job().key(), changed.job().header().topic()));
      }
    }
  }

  /// The visible events of one commit in its order. Events of jobs that retention has removed are
  /// left out.
  List<CommittedEvent> of(JournalRow row) throws StoreException {
    List<CommittedEvent> committed = new ArrayList<>();
    Receipts receipts = new Receipts(row);
    int index = 0;
    for (JournalDocument.Sequences job : JournalDocument.readJobs(row.bytes())) {
      if (job.count() == 0) {
        continue;
      }
      Optional<Name> name = name(job.jobNo());
      if (name.isPresent()) {
        int at = index;
        for (SequencedEvent event : events(job, receipts)) {
          committed.add(
              new CommittedEvent(
                  row.position(),
                  at + (int) (event.seq() - job.firstSeq()),
                  row.nowMicros(),
                  job.jobNo(),
                  name.get().key(),
                  name.get().topic(),
                  event));
          if (event.isTerminal()) {
            forget(job.jobNo());
          }
        }
      }
      index += job.count();
    }
    return committed;
  }

  private void forget(long jobNo) {
    synchronized (names) {
      names.remove(jobNo);
    }
  }

  private List<SequencedEvent> events(JournalDocument.Sequences job, Receipts receipts)
      throws StoreException {
    long from = job.firstSeq();
    Optional<List<SequencedEvent>> recent = tail.read(job.jobNo(), from - 1, job.count());
    if (recent.isPresent() && recent.get().size() == job.count()) {
      return recent.get();
    }
    List<SequencedEvent> events = new ArrayList<>();
    for (Bytes document : archive.events(job.jobNo(), from, BYTES_PER_READ)) {
      for (SequencedEvent event : EventDocument.read(document).sequenced()) {
        if (event.seq() >= from && event.seq() < from + job.count()) {
          events.add(receipts.named(event));
        }
      }
    }
    return events;
  }

  private Optional<Name> name(long jobNo) throws StoreException {
    Name known;
    synchronized (names) {
      known = names.get(jobNo);
    }
    if (known == null) {
      Optional<StoredJob> stored = archive.find(jobNo);
      if (stored.isEmpty()) {
        return Optional.empty();
      }
      Admission admission = AdmissionCodec.read(stored.get().admission());
      known = new Name(admission.spec().key(), admission.spec().work().topic());
      synchronized (names) {
        names.put(jobNo, known);
      }
    }
    return Optional.of(known);
  }

  /// The receipts of one commit, read when the first is asked for. The tree that others see may not
  /// have them yet.
  private final class Receipts {
    private final JournalRow row;
    private List<Bytes> leaves = List.of();
    private long first = -1;

    private Receipts(JournalRow row) {
      this.row = row;
    }

    /// The event with the hash of its receipt, where the row still has that.
    private SequencedEvent named(SequencedEvent event) {
      if (!event.lacksHash()) {
        return event;
      }
      if (first < 0) {
        leaves = JournalDocument.read(row.bytes()).leaves();
        first = leaves.isEmpty() ? Long.MAX_VALUE : Leaf.read(leaves.getFirst()).index();
      }
      long at = event.leafIndex() - first;
      return at >= 0 && at < leaves.size()
          ? event.withHash(hasher.leaf(leaves.get((int) at)))
          : event;
    }
  }
}
