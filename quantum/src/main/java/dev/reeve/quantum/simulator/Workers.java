package dev.reeve.quantum.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/// Threads that help the calling one with work that falls into independent parts. Safe on any
/// thread.
public final class Workers {
  /// The calling thread alone.
  public static final Workers NONE = new Workers(Runnable::run, 1);

  private final Executor executor;
  private final int threads;

  private Workers(Executor executor, int threads) {
    this.executor = executor;
    this.threads = threads;
  }

  /// Helpers of an executor, which may have no thread free: then the caller does all.
  ///
  /// @param threads at work at once, the caller among them
  public static Workers of(Executor executor, int threads) {
    return new Workers(executor, Math.max(1, threads));
  }

  /// How many threads are at work at once, the caller among them.
  public int threads() {
    return threads;
  }

  /// Does all parts, each once; returns when they are done. The first failure is thrown on, after
  /// the others have stopped.
  public void forEach(int parts, IntConsumer part) {
    if (threads == 1 || parts == 1) {
      for (int i = 0; i < parts; i++) {
        part.accept(i);
      }
      return;
    }
    AtomicInteger next = new AtomicInteger();
    Runnable work =
        () -> {
          try {
            for (int i = next.getAndIncrement(); i < parts; i = next.getAndIncrement()) {
              part.accept(i);
            }
          } finally {
            next.set(parts);
          }
        };
    List<Helper> helpers = new ArrayList<>();
    for (int i = 1; i < Math.min(threads, parts); i++) {
      helpers.add(Helper.start(work, executor));
    }
    try {
      work.run();
    } finally {
      helpers.forEach(Helper::release);
    }
  }

  /// @param taken whether the helper has begun, or was told not to
  private record Helper(AtomicBoolean taken, CompletableFuture<Void> done) {
    static Helper start(Runnable work, Executor executor) {
      AtomicBoolean taken = new AtomicBoolean();
      return new Helper(
          taken,
          CompletableFuture.runAsync(
              () -> {
                if (taken.compareAndSet(false, true)) {
                  work.run();
                }
              },
              executor));
    }

    /// Waits for a helper that has begun; one that has not need not any more.
    void release() {
      if (!taken.compareAndSet(false, true)) {
        done.join();
      }
    }
  }
}
