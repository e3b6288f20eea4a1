package dev.reeve.store;

import dev.reeve.engine.port.StoreException;
import dev.reeve.testing.Await;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Waits for a log as a second node does.
final class Standby {
  /// What the product promises for a node that died.
  static final Duration TAKEOVER_MAX = Duration.ofSeconds(5);

  private Standby() {}

  static OpenStore waitFor(String url, String node) {
    AtomicReference<@Nullable OpenStore> taken = new AtomicReference<>();
    Await.until(
        node + " owns the log",
        TAKEOVER_MAX,
        () -> {
          taken.set(tryOpen(url, node));
          return taken.get() != null;
        });
    OpenStore store = taken.get();
    if (store == null) {
      throw new AssertionError("no store");
    }
    return store;
  }

  private static @Nullable OpenStore tryOpen(String url, String node) {
    try {
      return Stores.postgres(url, node, InstantSource.system());
    } catch (StoreException.OwnedElsewhere e) {
      return null;
    } catch (StoreException e) {
      throw new AssertionError(e);
    }
  }
}
