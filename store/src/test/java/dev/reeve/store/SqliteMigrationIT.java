package dev.reeve.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.engine.port.StoreException;
import dev.reeve.testing.FakeClock;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Data directories of other versions.
final class SqliteMigrationIT extends MigrationContract {
  @TempDir Path data;

  @Override
  SchemaMigrations current() {
    return SchemaMigrations.sqlite();
  }

  @Override
  String nextFolder() {
    return "dev/reeve/store/next/sqlite";
  }

  @Override
  OpenStore open(SchemaMigrations migrations) throws StoreException {
    return SqliteStore.open(data, new FakeClock(), migrations, SqliteLimits.DEFAULT);
  }

  @Override
  Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + data.resolve("reeve.db"));
  }

  @Test
  void both_databases_have_the_same_list_of_migrations_and_it_ends_with_the_version_we_name()
      throws IOException {
    assertThat(MigrationFiles.names("sqlite"))
        .isEqualTo(MigrationFiles.names("postgres"))
        .hasSize(current().version())
        .last()
        .asString()
        .startsWith("V" + current().version() + "__");
  }
}
