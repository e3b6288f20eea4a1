package dev.reeve.service;

import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import dev.reeve.engine.SequencedEvent;
import dev.reeve.engine.Tail;
import dev.reeve.job.Job;
import dev.reeve.job.JobKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Streams what happens to every job that fits a filter, from now on: each event once, those of a
/// job in order.
///
/// A watcher holds no events: for each job with something new it holds the sequence number up to
/// which it has told, and reads on when its transport is ready, never further than it was told of:
/// what is committed already but not announced yet would be sent again when it is. A watcher with
/// too many such jobs is refused instead of growing.
public final class WatchTenant {
  /// Jobs that may have something new for one watcher.
  public static final int JOBS_BEHIND_MAX = 10_000;

  private static final int EVENTS_PER_READ = 64;

  private final WatchJob watchJob;
  private final Tail tail;
  private final Executor blocking;

  /// @param blocking reads the archive for watchers that are far behind
  public WatchTenant(WatchJob watchJob, Tail tail, Executor blocking) {
    this.watchJob = watchJob;
    this.tail = tail;
    this.blocking = blocking;
  }

  /// Where the events go. All methods are called by one thread at a time and must not block.
  public interface Sink {
    /// Whether the transport takes more without buffering.
    boolean isReady();

    void send(JobKey key, SequencedEvent event);

    void fail(Problem problem);
  }

  /// Starts a watch. Never completes by itself.
  ///
  /// @param fits must be cheap and pure; called on the tail's thread
  public WatchJob.Watching watch(Predicate<Job> fits, Sink sink) {
    Watcher watcher = new Watcher(fits, sink);
    watcher.registration = tail.listen(watcher::committed);
    return watcher;
  }

  /// A job with something new.
  ///
  /// @param afterSeq the last event that was told
  /// @param newestSeq the newest that is known of
  private record Behind(long jobNo, JobKey key, long afterSeq, long newestSeq) {
    Behind newest(long seq) {
      return new Behind(jobNo, key, afterSeq, seq);
    }

    Behind told(long seq) {
      return new Behind(jobNo, key, seq, newestSeq);
    }
  }

  /// `turns` counts reasons to look; whoever raises it from zero runs the loop, so at most one
  /// thread is inside and no wake-up is lost.
  private final class Watcher implements WatchJob.Watching {
    private final Predicate<Job> fits;
    private final Sink sink;
    private final Map<Long, Behind> behind = new LinkedHashMap<>();
    private final AtomicInteger turns = new AtomicInteger();
    private Tail.@Nullable Watch registration;
    private volatile boolean overrun;
    private volatile boolean closed;

    private Watcher(Predicate<Job> fits, Sink sink) {
      this.fits = fits;
      this.sink = sink;
    }

    private void committed(List<Tail.Appended> jobs) {
      boolean found = false;
      for (Tail.Appended appended : jobs) {
        if (!appended.events().isEmpty() && fits.test(appended.job())) {
          note(appended);
          found = true;
        }
      }
      if (found) {
        resume();
      }
    }

    private void note(Tail.Appended appended) {
      Job job = appended.job();
      long afterSeq = appended.events().getFirst().seq() - 1;
      long newestSeq = appended.events().getLast().seq();
      synchronized (behind) {
        Behind known = behind.get(job.jobNo());
        behind.put(
            job.jobNo(),
            known == null
                ? new Behind(job.jobNo(), job.key(), afterSeq, newestSeq)
                : known.newest(newestSeq));
        overrun |= behind.size() > JOBS_BEHIND_MAX;
      }
    }

    @Override
    public void resume() {
      if (turns.getAndIncrement() == 0) {
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
      if (overrun) {
        fail(
            ServiceProblems.WATCH_TOO_SLOW.because(
                "more than " + JOBS_BEHIND_MAX + " jobs wait to be told of"));
        return true;
      }
      while (!closed && sink.isReady()) {
        Optional<Behind> next = next();
        if (next.isEmpty()) {
          return true;
        }
        Behind job = next.get();
        Optional<List<SequencedEvent>> recent =
            tail.read(job.jobNo(), job.afterSeq(), EVENTS_PER_READ);
        if (recent.isEmpty()) {
          blocking.execute(() -> advanceFromArchive(job));
          return false;
        }
        send(job, recent.get());
      }
      return true;
    }

    private void advanceFromArchive(Behind job) {
      try {
        send(job, watchJob.read(job.jobNo(), job.afterSeq(), EVENTS_PER_READ));
        if (!closed && !advance()) {
          return;
        }
      } catch (ProblemException e) {
        fail(e.problem());
      }
      if (turns.getAndSet(0) > 1) {
        resume();
      }
    }

    private Optional<Behind> next() {
      synchronized (behind) {
        return behind.values().stream().findFirst();
      }
    }

    /// Sends what is announced, then remembers how far it came: to the end of the line while there
    /// is more, also when more was announced since it was read.
    private void send(Behind job, List<SequencedEvent> events) {
      for (SequencedEvent event : events) {
        if (!closed && event.seq() <= job.newestSeq()) {
          sink.send(job.key(), event);
        }
      }
      // None when they were removed meanwhile.
      long told =
          events.isEmpty() ? job.newestSeq() : Math.min(events.getLast().seq(), job.newestSeq());
      synchronized (behind) {
        Behind now = behind.remove(job.jobNo());
        if (now != null && now.newestSeq() > told) {
          behind.put(job.jobNo(), now.told(told));
        }
      }
    }

    private void fail(Problem problem) {
      boolean first = !closed;
      close();
      if (first) {
        sink.fail(problem);
      }
    }

    @Override
    public void close() {
      closed = true;
      Tail.Watch open = registration;
      if (open != null) {
        open.close();
      }
    }
  }
}
