package dev.reeve.store;

import dev.reeve.engine.port.StoreException;
import dev.reeve.testing.PostgresDatabase;
import dev.reeve.testing.PostgresServer;

/// The shared store survives the death of a node.
final class PostgresCrashIT extends CrashContract {
  private final PostgresDatabase database = PostgresServer.shared().createDatabase();

  @Override
  String[] childArguments() {
    return new String[] {"postgres", database.url()};
  }

  @Override
  OpenStore open() throws StoreException {
    return Standby.waitFor(database.url(), "parent");
  }
}
