package dev.reeve.service;

import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import dev.reeve.engine.EventDocument;
import dev.reeve.engine.SequencedEvent;
import dev.reeve.engine.Tail;
import dev.reeve.engine.port.JobArchive;
import dev.reeve.engine.port.StoreException;
import dev.reeve.job.Job;
import dev.reeve.job.JobKey;
import dev.reeve.ledger.LeafHashes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Streams the events of a job: ordered, from any sequence number, exactly one terminal event.
///
/// A watcher is a cursor over what is committed and holds no events. It reads when its transport is
/// ready: from the tail at once, from the archive on a blocking thread. Reading a finished job at
/// or past its last event gives the terminal event once.
public final class WatchJob {
  private static final int EVENTS_PER_READ = 64;
  private static final int BYTES_PER_READ = 64 * 1024;

  private final JobReader reader;
  private final JobArchive archive;
  private final EventHashes hashes;
  private final Tail tail;
  private final Executor blocking;

  /// @param hashes of the receipts that events number
  public WatchJob(
      JobReader reader, JobArchive archive, LeafHashes hashes, Tail tail, Executor blocking) {
    this.reader = reader;
    this.archive = archive;
    this.hashes = new EventHashes(hashes);
    this.tail = tail;
    this.blocking = blocking;
  }

  /// A running watch.
  public interface Watching extends AutoCloseable {
    /// The transport is ready again, or may be. Cheap; any thread.
    void resume();

    /// Ends the watch, not the job. Nothing is sent after it returns to the closing thread's next
    /// step; idempotent.
    @Override
    void close();
  }

  /// Starts a watch. Fails the sink with `JOB_NOT_FOUND` when there is no such job.
  ///
  /// @param afterSeq the last event the caller has; 0 for all
  public Watching watch(JobKey key, long afterSeq, WatchSink sink) {
    Cursor cursor = new Cursor(afterSeq, sink);
    Futures.then(reader.status(key), cursor::start, cursor::failStart);
    return cursor;
  }

  /// Visible events after a sequence number, from the archive. Blocks.
  public List<SequencedEvent> read(long jobNo, long afterSeq, int limit) {
    try {
      List<SequencedEvent> events = new ArrayList<>();
      for (Bytes document : archive.events(jobNo, afterSeq + 1, BYTES_PER_READ)) {
        for (SequencedEvent event : EventDocument.read(document).sequenced()) {
          if (event.seq() > afterSeq && events.size() < limit) {
            events.add(event);
          }
        }
      }
      return hashes.named(events);
    } catch (StoreException e) {
      throw JobReader.unavailable(e).toException();
    }
  }

  /// One watcher. `turns` counts reasons to look; whoever raises it from zero runs the loop, so at
  /// most one thread is inside and no wake-up is lost.
  private final class Cursor implements Watching {
    private final WatchSink sink;
    private final AtomicInteger turns = new AtomicInteger();
    private long afterSeq;
    private volatile long jobNo;
    private volatile Tail.@Nullable Watch registration;
    private volatile boolean closed;

    private Cursor(long afterSeq, WatchSink sink) {
      this.afterSeq = afterSeq;
      this.sink = sink;
    }

    private void start(Job job) {
      jobNo = job.jobNo();
      if (job.isFinished() && afterSeq >= job.lastEventSeq()) {
        afterSeq = job.lastEventSeq() - 1;
      } else if (!job.isFinished()) {
        // A cursor beyond the head waits for what comes next, the end included.
        afterSeq = Math.min(afterSeq, job.lastEventSeq());
      }
      registration = tail.watch(jobNo, this::resume);
      if (closed) {
        unregister();
      } else {
        resume();
      }
    }

    private void failStart(Problem problem) {
      closed = true;
      sink.fail(problem);
    }

    @Override
    public void resume() {
      if (jobNo != 0 && turns.getAndIncrement() == 0) {
        run();
      }
    }

    private void run() {
      int seen;
      do {
        seen = turns.get();
        if (!closed && !advance()) {
          return;
        }
      } while (!turns.compareAndSet(seen, 0));
    }

    /// @return false when a blocking read goes on in our place, which then owns the turn
    private boolean advance() {
      while (!closed && sink.isReady()) {
        Optional<List<SequencedEvent>> recent = tail.read(jobNo, afterSeq, EVENTS_PER_READ);
        if (recent.isEmpty()) {
          blocking.execute(this::advanceFromArchive);
          return false;
        }
        if (recent.get().isEmpty()) {
          return true;
        }
        send(recent.get());
      }
      return true;
    }

    private void advanceFromArchive() {
      try {
        List<SequencedEvent> events = read(jobNo, afterSeq, EVENTS_PER_READ);
        if (!closed) {
          send(events);
        }
        if (!events.isEmpty() && !closed && !advance()) {
          return;
        }
      } catch (ProblemException e) {
        end();
        sink.fail(e.problem());
      }
      if (turns.getAndSet(0) > 1) {
        resume();
      }
    }

    private void send(List<SequencedEvent> events) {
      for (SequencedEvent event : events) {
        if (closed) {
          return;
        }
        afterSeq = event.seq();
        sink.send(event);
        if (event.isTerminal()) {
          end();
          sink.complete();
          return;
        }
      }
    }

    private void end() {
      closed = true;
      unregister();
    }

    private void unregister() {
      Tail.Watch open = registration;
      if (open != null) {
        open.close();
      }
    }

    @Override
    public void close() {
      end();
    }
  }
}
