package dev.reeve.engine;

import dev.reeve.job.Job;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The most recent committed events, shared by all watchers, and the watchers themselves.
///
/// A watcher keeps a sequence number and no events: it is woken, reads from here when it has room,
/// and from the archive when it is too far behind. [#append] is called by the writer after each
/// commit; [#read] and [#watch] by any thread; wake-ups run on the thread that [#wakeChanged] is
/// called on.
public final class Tail {
  private static final Logger log = LoggerFactory.getLogger(Tail.class);

  private static final int EVENT_OVERHEAD_BYTES = 96;

  /// A job's recent events, without gaps up to its newest.
  private static final class Recent {
    private long firstSeq;
    private final ArrayDeque<SequencedEvent> events = new ArrayDeque<>();
  }

  private record Batch(long jobNo, int events, int bytes) {}

  /// Called when a watched job has new events. Must not block; may be called without need.
  @FunctionalInterface
  public interface Wake {
    void wake();
  }

  /// A registration; closing it ends the wake-ups.
  public interface Watch extends AutoCloseable {
    @Override
    void close();
  }

  private final long bytesMax;
  private final Map<Long, Recent> recentByJob = new HashMap<>();
  private final ArrayDeque<Batch> batches = new ArrayDeque<>();
  private final ConcurrentHashMap<Long, CopyOnWriteArrayList<Wake>> watchers =
      new ConcurrentHashMap<>();
  private final CopyOnWriteArrayList<JournalListener> listeners = new CopyOnWriteArrayList<>();
  private long bytes;

  /// @param bytesMax bound of what is kept, about; 64 MiB in the server
  public Tail(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /// Hears of every committed group, for watches over many jobs. Must not block.
  @FunctionalInterface
  public interface JournalListener {
    void committed(List<Appended> jobs);
  }

  /// New events of one job.
  ///
  /// @param job the job after them
  /// @param events visible ones, in order
  public record Appended(Job job, List<SequencedEvent> events) {
    public Appended {
      events = List.copyOf(events);
    }
  }

  synchronized void append(long jobNo, List<SequencedEvent> events, int sizeBytes) {
    if (events.isEmpty()) {
      return;
    }
    Recent recent = recentByJob.computeIfAbsent(jobNo, _ -> new Recent());
    if (recent.events.isEmpty()) {
      recent.firstSeq = events.getFirst().seq();
    }
    recent.events.addAll(events);
    int size = sizeBytes + events.size() * EVENT_OVERHEAD_BYTES;
    batches.addLast(new Batch(jobNo, events.size(), size));
    bytes += size;
    while (bytes > bytesMax && batches.size() > 1) {
      evict(batches.removeFirst());
    }
  }

  /// Events after a sequence number, oldest first.
  ///
  /// @param limit at most so many
  /// @return empty when they are not all here and the archive must be asked; an empty list when
  ///   there are none yet
  public synchronized Optional<List<SequencedEvent>> read(long jobNo, long afterSeq, int limit) {
    Recent recent = recentByJob.get(jobNo);
    if (recent == null || recent.events.isEmpty() || recent.firstSeq > afterSeq + 1) {
      return Optional.empty();
    }
    List<SequencedEvent> events = new ArrayList<>();
    for (SequencedEvent event : recent.events) {
      if (events.size() == limit) {
        break;
      }
      if (event.seq() > afterSeq) {
        events.add(event);
      }
    }
    return Optional.of(events);
  }

  /// Registers a watcher of one job.
  public Watch watch(long jobNo, Wake wake) {
    watchers.compute(
        jobNo,
        (_, known) -> {
          CopyOnWriteArrayList<Wake> all = known == null ? new CopyOnWriteArrayList<>() : known;
          all.add(wake);
          return all;
        });
    return () ->
        watchers.computeIfPresent(
            jobNo, (_, all) -> all.remove(wake) && all.isEmpty() ? null : all);
  }

  /// Registers a listener to every commit.
  public Watch listen(JournalListener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  public boolean isWatched(long jobNo) {
    return watchers.containsKey(jobNo);
  }

  /// Numbers of the jobs that somebody watches.
  public List<Long> watched() {
    return List.copyOf(watchers.keySet());
  }

  void wakeChanged(List<Appended> jobs) {
    for (Appended changed : jobs) {
      CopyOnWriteArrayList<Wake> all = watchers.get(changed.job().jobNo());
      if (all != null) {
        all.forEach(wake -> guarded(wake::wake));
      }
    }
    for (JournalListener listener : listeners) {
      guarded(() -> listener.committed(jobs));
    }
  }

  /// One that fails must not keep the others asleep.
  private static void guarded(Runnable wake) {
    try {
      wake.run();
    } catch (RuntimeException e) {
      log.error("a watcher could not be woken", e);
    }
  }

  private void evict(Batch batch) {
    bytes -= batch.bytes();
    Recent recent = recentByJob.get(batch.jobNo());
    if (recent == null) {
      return;
    }
    for (int i = 0; i < batch.events() && !recent.events.isEmpty(); i++) {
      recent.events.removeFirst();
      recent.firstSeq++;
    }
    if (recent.events.isEmpty()) {
      recentByJob.remove(batch.jobNo());
    }
  }
}
