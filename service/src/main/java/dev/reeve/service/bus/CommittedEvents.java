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
    int index = 0;
    for (JournalDocument.Sequences job : JournalDocument.readJobs(row.bytes())) {
      if (job.count() == 0) {
        continue;
      }
      Optional<Name> name = name(job.jobNo());
      if (name.isPresent()) {
        int at = index;
        for (SequencedEvent event : events(job)) {
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

  private List<SequencedEvent> events(JournalDocument.Sequences job) throws StoreException {
    long from = job.firstSeq();
    Optional<List<SequencedEvent>> recent = tail.read(job.jobNo(), from - 1, job.count());
    if (recent.isPresent() && recent.get().size() == job.count()) {
      return recent.get();
    }
    List<SequencedEvent> events = new ArrayList<>();
    for (Bytes document : archive.events(job.jobNo(), from, BYTES_PER_READ)) {
      for (SequencedEvent event : EventDocument.read(document).sequenced()) {
        if (event.seq() >= from && event.seq() < from + job.count()) {
          events.add(event);
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
}
