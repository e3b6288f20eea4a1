package dev.reeve.server;

import dev.reeve.engine.port.StoreException;
import dev.reeve.store.KeptDocuments;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// Kept documents of a test: they survive what the test calls a restart.
final class DocumentsInMemory implements KeptDocuments {
  private final Map<String, Kept> documents = new ConcurrentHashMap<>();
  private volatile boolean down;

  /// The store answers no more.
  void fail() {
    down = true;
  }

  /// The store answers again.
  void mend() {
    down = false;
  }

  /// As a data directory of a version that kept files alone.
  void forgetAll() {
    documents.clear();
  }

  @Override
  public Optional<Kept> find(String name) throws StoreException {
    check();
    return Optional.ofNullable(documents.get(name));
  }

  @Override
  public void each(String prefix, Consumer<Kept> sink) throws StoreException {
    check();
    documents.forEach((name, kept) -> {
      if (name.startsWith(prefix)) {
        sink.accept(kept);
      }
    });
  }

  @Override
  public void put(String name, Kept document) throws StoreException {
    check();
    documents.put(name, document);
  }

  private void check() throws StoreException {
    if (down) {
      throw new StoreException.Unavailable("injected", new IllegalStateException("down"));
    }
  }
}
