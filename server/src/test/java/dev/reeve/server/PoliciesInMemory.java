package dev.reeve.server;

import dev.reeve.engine.port.StoreException;
import dev.reeve.store.KeptPolicies;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Kept policies of a test: they survive what the test calls a restart. Without bounds.
final class PoliciesInMemory implements KeptPolicies {
  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, List<File>> files = new HashMap<>();
  private boolean down;
  private int tries;

  /// The store answers no more.
  synchronized void fail() {
    down = true;
  }

  /// The store answers again.
  synchronized void mend() {
    down = false;
  }

  /// How often something was to be kept.
  synchronized int tries() {
    return tries;
  }

  @Override
  public synchronized List<Entry> newestFirst() throws StoreException {
    check();
    return List.copyOf(entries);
  }

  @Override
  public synchronized Optional<List<File>> files(String snapshot) throws StoreException {
    check();
    return Optional.ofNullable(files.get(snapshot));
  }

  @Override
  public synchronized List<Entry> put(
      String snapshot, long atMicros, String source, List<File> of, Bounds bounds)
      throws StoreException {
    tries++;
    check();
    long first =
        entries.stream()
            .filter(entry -> entry.snapshot().equals(snapshot))
            .mapToLong(Entry::firstMicros)
            .findFirst()
            .orElse(atMicros);
    files.putIfAbsent(snapshot, List.copyOf(of));
    long bytes = of.stream().mapToLong(file -> file.content().size()).sum();
    entries.removeIf(entry -> entry.snapshot().equals(snapshot));
    entries.addFirst(new Entry(snapshot, first, atMicros, source, of.size(), bytes));
    return List.copyOf(entries);
  }

  private void check() throws StoreException {
    if (down) {
      throw new StoreException.Unavailable("injected", new IllegalStateException("down"));
    }
  }
}
