package dev.reeve.store;

import dev.reeve.engine.port.BlobStore;
import dev.reeve.engine.port.JobLog;
import dev.reeve.engine.testing.InMemoryStore;
import org.junit.jupiter.api.Nested;

/// The fake keeps the same contracts as the real stores, so tests that use it may believe it.
final class InMemoryStoreTest {
  @Nested
  final class LogTest extends JobLogContract {
    private final InMemoryStore memory = new InMemoryStore(clock);

    @Override
    OpenStore open() {
      return new FakeStore(memory.open(), memory.blobs());
    }
  }

  @Nested
  final class ArchiveTest extends JobArchiveContract {
    private final InMemoryStore memory = new InMemoryStore(clock);

    @Override
    OpenStore open() {
      return new FakeStore(memory.open(), memory.blobs());
    }
  }

  @Nested
  final class BlobsTest extends BlobStoreContract {
    private final InMemoryStore memory = new InMemoryStore(clock);

    @Override
    OpenStore open() {
      return new FakeStore(memory.open(), memory.blobs());
    }
  }

  private record FakeStore(JobLog log, BlobStore blobs) implements OpenStore {
    @Override
    public KeptDocuments documents() {
      throw new UnsupportedOperationException("keeps none");
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
}
