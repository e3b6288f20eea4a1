package dev.reeve.server;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does short tasks again and again, all on one thread, which wakes up once for all that are due: a
/// wake-up costs a server at rest more than most of what it then does. Tasks may be added at any
/// time, from any thread.
final class Beat implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Beat.class);

  /// @param every it is due at each so many wake-ups
  private record Task(int every, Runnable work) {}

  private final List<Task> tasks = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService thread;
  private long count;

  /// @param pause from the end of one wake-up to the next
  Beat(String threadName, Duration pause) {
    thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name(threadName).daemon(true).factory());
    ScheduledFuture<?> _ =
        thread.scheduleWithFixedDelay(
            this::wake, pause.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
  }

  /// Does it at each wake-up.
  void each(Runnable work) {
    every(1, work);
  }

  /// Does it at each so many wake-ups. One that throws is told to the log and done again.
  ///
  /// @param wakeUps at least 1
  void every(int wakeUps, Runnable work) {
    if (wakeUps < 1) {
      throw new IllegalArgumentException("wakeUps: " + wakeUps + " (expected: at least 1)");
    }
    tasks.add(new Task(wakeUps, work));
  }

  private void wake() {
    count++;
    for (Task task : tasks) {
      if (count % task.every() == 0) {
        guarded(task.work());
      }
    }
  }

  /// Does it; a failure goes to the log.
  static void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      log.error("housekeeping failed", e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
