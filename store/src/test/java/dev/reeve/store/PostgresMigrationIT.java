package dev.reeve.store;

import dev.reeve.engine.port.StoreException;
import dev.reeve.testing.FakeClock;
import dev.reeve.testing.PostgresDatabase;
import dev.reeve.testing.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/// Databases of other versions.
final class PostgresMigrationIT extends MigrationContract {
  private final PostgresDatabase database = PostgresServer.shared().createDatabase();

  @Override
  SchemaMigrations current() {
    return SchemaMigrations.postgres();
  }

  @Override
  String nextFolder() {
    return "dev/reeve/store/next/postgres";
  }

  @Override
  OpenStore open(SchemaMigrations migrations) throws StoreException {
    return PostgresStore.open(
        PostgresAddress.parse(database.url()), "node", new FakeClock(), migrations);
  }

  @Override
  Connection connect() throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl());
  }
}
