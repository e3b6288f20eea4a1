package dev.reeve.server;

import dev.reeve.engine.Writer;
import dev.reeve.engine.WriterHealth;
import dev.reeve.engine.port.StoreException;
import dev.reeve.gateway.Gateway;
import dev.reeve.store.OpenStore;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is done at intervals: the lease of a shared store, the policy file, health, counted
/// receipts.
final class Housekeeping implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);

  private final ScheduledExecutorService timer =
      Executors.newScheduledThreadPool(
          2, Thread.ofPlatform().name("housekeeping-", 0).daemon(true).factory());

  /// Starts all intervals.
  void start(OpenStore store, PolicyKeeper policy, Gateway gateway, Writer writer) {
    every(1_000, () -> renew(store));
    every(50, policy::look);
    every(200, () -> gateway.serving(writer.health().state() == WriterHealth.State.WRITING));
    every(5_000, gateway::flushReceipts);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private void every(long millis, Runnable task) {
    ScheduledFuture<?> _ =
        timer.scheduleWithFixedDelay(() -> guarded(task), millis, millis, TimeUnit.MILLISECONDS);
  }

  private static void renew(OpenStore store) {
    try {
      store.renewLease();
    } catch (StoreException e) {
      log.warn("lease not renewed reason={}", e.getMessage());
    }
  }

  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      log.error("housekeeping failed", e);
    }
  }
}
