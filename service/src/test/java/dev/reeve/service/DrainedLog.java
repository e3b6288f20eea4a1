package dev.reeve.service;

import dev.reeve.base.Bytes;
import dev.reeve.engine.JournalDocument;
import dev.reeve.engine.Writer;
import dev.reeve.engine.WriterPorts;
import dev.reeve.engine.port.StoreException;
import dev.reeve.engine.testing.InMemoryStore;
import dev.reeve.ledger.Leaf;
import dev.reeve.ledger.Receipt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A log in memory whose writer works when it is told to, or on a thread of its own after
/// [#drainAlways].
public final class DrainedLog implements AutoCloseable {
  /// The time of everything here.
  public static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

  private final InMemoryStore store = new InMemoryStore(() -> NOW);
  private final Writer writer;
  private final DrainingThread draining;

  /// @param generation of the rules that permits rest on
  public DrainedLog(WriterPorts.Generation generation) {
    writer = StoredWriter.open(store, () -> NOW, generation);
    draining = new DrainingThread(writer);
  }

  /// Drained by nobody else.
  public Writer writer() {
    return writer;
  }

  /// What lies on disk.
  public InMemoryStore store() {
    return store;
  }

  /// Does all that waits.
  public void drain() {
    while (writer.drain() || writer.waiting() > 0) {
      // Each round may bring more.
    }
  }

  /// From now on the writer works by itself, for tests that wait for it.
  public DrainedLog drainAlways() {
    draining.start();
    return this;
  }

  /// Every receipt that is on disk, in order.
  public List<Receipt> receipts() {
    List<Receipt> receipts = new ArrayList<>();
    try {
      for (var row : store.archive().journal(0, 1_000)) {
        for (Bytes leaf : JournalDocument.read(row.bytes()).leaves()) {
          receipts.add(Leaf.read(leaf).receipt());
        }
      }
    } catch (StoreException e) {
      throw new IllegalStateException(e);
    }
    return receipts;
  }

  @Override
  public void close() {
    draining.close();
    writer.close();
  }
}
