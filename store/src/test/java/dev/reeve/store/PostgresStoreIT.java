package dev.reeve.store;

import dev.reeve.engine.port.StoreException;
import dev.reeve.testing.PostgresDatabase;
import dev.reeve.testing.PostgresServer;
import org.junit.jupiter.api.Nested;

/// The shared store keeps the contracts.
final class PostgresStoreIT {
  @Nested
  final class LogIT extends DatabaseLogContract {
    private final PostgresDatabase database = PostgresServer.shared().createDatabase();

    @Override
    OpenStore open() throws StoreException {
      return Stores.postgres(database.url(), "node-1", clock);
    }
  }

  @Nested
  final class ArchiveIT extends JobArchiveContract {
    private final PostgresDatabase database = PostgresServer.shared().createDatabase();

    @Override
    OpenStore open() throws StoreException {
      return Stores.postgres(database.url(), "node-1", clock);
    }
  }

  @Nested
  final class BlobsIT extends BlobStoreContract {
    private final PostgresDatabase database = PostgresServer.shared().createDatabase();

    @Override
    OpenStore open() throws StoreException {
      return Stores.postgres(database.url(), "node-1", clock);
    }
  }

  @Nested
  final class PoliciesIT extends KeptPoliciesContract {
    private final PostgresDatabase database = PostgresServer.shared().createDatabase();

    @Override
    OpenStore open() throws StoreException {
      return Stores.postgres(database.url(), "node-1", clock);
    }
  }
}
