package dev.reeve.server;

import dev.reeve.engine.port.StoreException;
import dev.reeve.store.OpenStore;
import dev.reeve.store.Stores;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens the configured store. A node on a shared database that has an owner waits as standby and
/// takes over when the owner is gone.
final class OpenedStore {
  private static final Logger log = LoggerFactory.getLogger(OpenedStore.class);
  private static final Duration STANDBY_INTERVAL = Duration.ofMillis(500);

  private OpenedStore() {}

  /// @param stop ends the wait of a standby
  /// @throws StoreException when the store cannot be opened, or `OwnedElsewhere` for an embedded
  ///   one
  static OpenStore open(ServerConfig config, InstantSource clock, BooleanSupplier stop)
      throws StoreException, InterruptedException {
    if (config.store().equals("sqlite")) {
      return Stores.sqlite(config.data(), clock);
    }
    boolean told = false;
    while (true) {
      try {
        return Stores.postgres(config.store(), config.nodeName(), clock);
      } catch (StoreException.OwnedElsewhere e) {
        if (stop.getAsBoolean()) {
          throw e;
        }
        if (!told) {
          log.info("standby: another node owns the log; waiting reason={}", e.getMessage());
          told = true;
        }
        Thread.sleep(STANDBY_INTERVAL.toMillis());
      }
    }
  }
}
