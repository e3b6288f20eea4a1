package dev.reeve.store;

import dev.reeve.engine.port.BlobStore;
import dev.reeve.engine.port.DocumentChange;
import dev.reeve.engine.port.JobLog;
import dev.reeve.engine.testing.InMemoryStore;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;

/// The fake keeps the same contracts as the real stores, so tests that use it may believe it.
final class InMemoryStoreTest {
  @Nested
  final class LogTest extends JobLogContract {
    private final InMemoryStore memory = new InMemoryStore(clock);

    @Override
    OpenStore open() {
      return new FakeStore(memory, memory.open());
    }
  }

  @Nested
  final class ArchiveTest extends JobArchiveContract {
    private final InMemoryStore memory = new InMemoryStore(clock);

    @Override
    OpenStore open() {
      return new FakeStore(memory, memory.open());
    }
  }

  @Nested
  final class BlobsTest extends BlobStoreContract {
    private final InMemoryStore memory = new InMemoryStore(clock);

    @Override
    OpenStore open() {
      return new FakeStore(memory, memory.open());
    }
  }

  private record FakeStore(InMemoryStore memory, JobLog log) implements OpenStore {
    @Override
    public BlobStore blobs() {
      return memory.blobs();
    }

    @Override
    public KeptDocuments documents() {
      return new Documents(memory);
    }

    @Override
    public KeptPolicies policies() {
      throw new UnsupportedOperationException("keeps none");
    }

    @Override
    public void renewLease() {}

    @Override
    public void close() {
      log.close();
    }
  }

  /// Those that commits brought.
  private record Documents(InMemoryStore memory) implements KeptDocuments {
    @Override
    public Optional<Kept> find(String name) {
      return memory.documents(name).stream()
          .filter(document -> document.name().equals(name))
          .findFirst()
          .map(Documents::kept);
    }

    @Override
    public void each(String prefix, Consumer<Kept> sink) {
      memory.documents(prefix).stream().map(Documents::kept).forEach(sink);
    }

    @Override
    public void put(String name, Kept document) {
      throw new UnsupportedOperationException("keeps what commits bring");
    }

    private static Kept kept(DocumentChange.Put document) {
      return new Kept(document.content(), document.atMicros());
    }
  }
}
