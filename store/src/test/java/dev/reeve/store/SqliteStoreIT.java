package dev.reeve.store;

import dev.reeve.engine.port.StoreException;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/// The embedded store keeps the contracts.
final class SqliteStoreIT {
  @Nested
  final class LogIT extends DatabaseLogContract {
    @TempDir Path folder;

    @Override
    OpenStore open() throws StoreException {
      return Stores.sqlite(folder.resolve("data"), clock);
    }
  }

  @Nested
  final class ArchiveIT extends JobArchiveContract {
    @TempDir Path folder;

    @Override
    OpenStore open() throws StoreException {
      return Stores.sqlite(folder.resolve("data"), clock);
    }
  }

  @Nested
  final class BlobsIT extends BlobStoreContract {
    @TempDir Path folder;

    @Override
    OpenStore open() throws StoreException {
      return Stores.sqlite(folder.resolve("data"), clock);
    }
  }

  @Nested
  final class PoliciesIT extends KeptPoliciesContract {
    @TempDir Path folder;

    @Override
    OpenStore open() throws StoreException {
      return Stores.sqlite(folder.resolve("data"), clock);
    }
  }
}
