package dev.reeve.bus;

import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs tasks one after the other in the order of their arrival, all that came meanwhile on one
/// thread; while there are none there is no thread. A thread for each task costs more than short
/// tasks do. Safe on any thread.
final class SerialExecutor implements Executor {
  private static final Logger log = LoggerFactory.getLogger(SerialExecutor.class);

  private final Executor threads;
  private final ConcurrentLinkedQueue<Runnable> waiting = new ConcurrentLinkedQueue<>();

  /// Tasks waiting or running; whoever raises it from zero starts the thread.
  private final AtomicInteger size = new AtomicInteger();

  SerialExecutor(Executor threads) {
    this.threads = threads;
  }

  @Override
  public void execute(Runnable task) {
    waiting.add(task);
    if (size.getAndIncrement() == 0) {
      try {
        threads.execute(this::run);
      } catch (RejectedExecutionException _) {
        // The owner is closing: nobody is to wait for ever.
        run();
      }
    }
  }

  private void run() {
    boolean more = true;
    while (more) {
      // Counted after it was added, so there is one.
      Runnable task = Objects.requireNonNull(waiting.poll());
      boolean ended = false;
      try {
        task.run();
        ended = true;
      } catch (RuntimeException e) {
        log.warn("what follows an acknowledgement failed", e);
        ended = true;
      } finally {
        more = size.decrementAndGet() > 0;
        if (more && !ended) {
          // An error ends this thread; those behind it are not to wait for ever.
          threads.execute(this::run);
        }
      }
    }
  }
}
