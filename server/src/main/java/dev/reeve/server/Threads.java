package dev.reeve.server;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The threads of the server, named after what they do.
final class Threads implements AutoCloseable {
  private final ExecutorService delivery;
  private final ExecutorService blocking;
  private final ThreadPoolExecutor cpu;

  Threads() {
    delivery = Executors.newSingleThreadExecutor(Thread.ofPlatform().name("delivery").factory());
    blocking =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("blocking-", 0).factory());
    int cores = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
    BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    cpu =
        new ThreadPoolExecutor(
            cores,
            cores,
            0,
            TimeUnit.SECONDS,
            queue,
            Thread.ofPlatform().name("cpu-", 0).daemon(true).factory());
  }

  /// Delivers answers and assignments, in order.
  Executor delivery() {
    return delivery;
  }

  /// A virtual thread for each task.
  Executor blocking() {
    return blocking;
  }

  /// Platform threads for work that computes. What is queued is bounded by the credit of executors.
  Executor cpu() {
    return cpu;
  }

  int cpuThreads() {
    return cpu.getCorePoolSize();
  }

  @Override
  public void close() {
    cpu.shutdownNow();
    delivery.shutdown();
    blocking.shutdown();
    try {
      if (!delivery.awaitTermination(5, TimeUnit.SECONDS)) {
        delivery.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
