package dev.reeve.simulation;

import dev.reeve.base.Bytes;
import dev.reeve.engine.EventDocument;
import dev.reeve.engine.SequencedEvent;
import dev.reeve.engine.Tail;
import dev.reeve.engine.port.StoreException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Follows one job through restarts: from the tail while it can, else from the store. What it sees
/// is what the log holds, one after the other, and never before the log holds it.
final class Watcher {
  private static final int BYTES_MAX = 2_000;
  private static final int EVENTS_MAX = 8;
  private static final int READS_MAX = 100_000;

  private final long jobNo;
  private long seen;
  private boolean ended;
  private @Nullable Node node;
  private Tail.@Nullable Watch watch;

  Watcher(long jobNo) {
    this.jobNo = jobNo;
  }

  boolean hasSeenTheEnd() {
    return ended;
  }

  /// Reads on, after registering with a process that it did not know before.
  void read(World world) throws StoreException {
    Node owner = world.node();
    if (node != owner) {
      node = owner;
      watch = owner.tail.watch(jobNo, () -> {});
    }
    int limit = 1 + world.random.nextInt(EVENTS_MAX);
    @Nullable List<SequencedEvent> recent = owner.tail.read(jobNo, seen, limit).orElse(null);
    world.happened.count(recent == null ? "watched in the store" : "watched in the tail");
    for (SequencedEvent event : recent == null ? stored(owner) : recent) {
      Promise.holds(!ended, "job %s: event %s after the end", jobNo, event.seq());
      Promise.holds(event.seq() == seen + 1, "job %s: saw %s after %s", jobNo, event.seq(), seen);
      world.oracle.seen(jobNo, event);
      seen = event.seq();
      ended = event.isTerminal();
    }
    Tail.@Nullable Watch own = watch;
    if (ended && own != null) {
      own.close();
    }
  }

  /// At the end of a history there is an end to see, unless the job was removed.
  void readToTheEnd(World world) throws StoreException {
    for (int i = 0; i < READS_MAX && !ended; i++) {
      if (world.store.archive().find(jobNo).isEmpty()) {
        return;
      }
      read(world);
    }
    Promise.holds(ended, "job %s: its watcher never saw the end", jobNo);
  }

  private List<SequencedEvent> stored(Node owner) {
    List<SequencedEvent> events = new ArrayList<>();
    try {
      for (Bytes document : owner.log.archive().events(jobNo, seen + 1, BYTES_MAX)) {
        for (SequencedEvent event : EventDocument.read(document).sequenced()) {
          if (event.seq() > seen) {
            events.add(event);
          }
        }
      }
    } catch (StoreException e) {
      return List.of();
    }
    return events;
  }
}
