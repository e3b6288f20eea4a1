package dev.reeve.server;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The threads of the server, named after what they do.
final class Threads implements AutoCloseable {
  private static final int CIRCUITS_WAITING_MAX = 64;

  private final ExecutorService delivery;
  private final ExecutorService blocking;
  private final ThreadPoolExecutor cpu;
  private final ThreadPoolExecutor circuits;
  private final ThreadPoolExecutor largeCircuits;
  private final ExecutorService simulations;

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
    circuits = circuits("circuits", 1);
    largeCircuits = circuits("circuits-large", cores);
    simulations =
        Executors.newCachedThreadPool(
            Thread.ofPlatform().name("simulation-", 0).daemon(true).factory());
  }

  private static ThreadPoolExecutor circuits(String name, int threads) {
    return new ThreadPoolExecutor(
        threads,
        threads,
        0,
        TimeUnit.SECONDS,
        new ArrayBlockingQueue<>(CIRCUITS_WAITING_MAX),
        Thread.ofPlatform().name(name).daemon(true).factory());
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

  /// One platform thread that compiles small circuits for callers, so that they wait neither for
  /// large ones nor for jobs. Refuses when as many as it keeps are waiting.
  Executor circuits() {
    return circuits;
  }

  /// As many as processors but one for large circuits, so that one of them seldom delays another.
  /// Refuses likewise.
  Executor largeCircuits() {
    return largeCircuits;
  }

  /// Platform threads for jobs of simulators, one for each slot that is taken: a job under a
  /// reservation does not wait behind others. A large one computes on [#cpu()] as well.
  Executor simulations() {
    return simulations;
  }

  int cpuThreads() {
    return cpu.getCorePoolSize();
  }

  @Override
  public void close() {
    cpu.shutdownNow();
    circuits.shutdownNow();
    largeCircuits.shutdownNow();
    simulations.shutdownNow();
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
