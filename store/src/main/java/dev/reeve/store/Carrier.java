package dev.reeve.store;

import dev.reeve.engine.port.StoreException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// Decides which thread runs the calls into a database. A call into a native library holds the
/// thread it runs on, also while it waits for the disk; a virtual thread would take one of the few
/// that carry all others with it.
interface Carrier extends AutoCloseable {
  /// Runs the call and waits for it.
  <T> T run(Call<T> call) throws StoreException;

  @Override
  void close();

  /// What is run.
  interface Call<T> {
    T run() throws StoreException;
  }

  /// For drivers in plain Java: the calling thread, whatever it is.
  Carrier CALLER =
      new Carrier() {
        @Override
        public <T> T run(Call<T> call) throws StoreException {
          return call.run();
        }

        @Override
        public void close() {}
      };

  /// For native drivers: as many platform threads as there may be calls at a time. A caller that is
  /// a platform thread itself makes the call.
  static Carrier platform(String name, int threads) {
    return new Platform(
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().name(name + "-", 1).daemon().factory()));
  }

  /// See [#platform].
  record Platform(ExecutorService threads) implements Carrier {
    @Override
    public <T> T run(Call<T> call) throws StoreException {
      if (!Thread.currentThread().isVirtual()) {
        return call.run();
      }
      try {
        Callable<T> task = call::run;
        return threads.submit(task).get();
      } catch (ExecutionException e) {
        throw rethrow(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StoreException.Unavailable("read: interrupted", e);
      }
    }

    private static StoreException rethrow(@Nullable Throwable cause) {
      return switch (cause) {
        case StoreException e -> e;
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        case null, default -> throw new IllegalStateException("a read failed oddly", cause);
      };
    }

    @Override
    public void close() {
      threads.shutdown();
    }
  }
}
