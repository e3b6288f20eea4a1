package dev.reeve.store;

import dev.reeve.engine.port.JobLog;
import dev.reeve.engine.port.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/// Brings the tables of a database up to the version this build knows.
///
/// There is one numbered list with a file per database. A database that is already there costs two
/// reads; Flyway, which takes longer to load than everything else here, is used only when there is
/// something to do. Data is refused by `log.format`, the lowest reader it needs: a newer schema
/// alone is no obstacle, because a release only ever adds what its predecessor can ignore.
///
/// @param folders class path folders with the files
/// @param version number of the last of them
/// @param format newest `log.format` that this build reads
record SchemaMigrations(List<String> folders, int version, int format) {
  static final String HISTORY_TABLE = "schema_history";

  private static final int VERSION = 5;
  private static final int FORMAT = JobLog.FORMAT_PACKED;

  private static final String NEWEST_APPLIED =
      "SELECT version FROM schema_history WHERE success AND version IS NOT NULL"
          + " ORDER BY installed_rank DESC LIMIT 1";

  SchemaMigrations {
    folders = List.copyOf(folders);
  }

  static SchemaMigrations sqlite() {
    return new SchemaMigrations(List.of("dev/reeve/store/sqlite"), VERSION, FORMAT);
  }

  static SchemaMigrations postgres() {
    return new SchemaMigrations(List.of("dev/reeve/store/postgres"), VERSION, FORMAT);
  }

  /// Number of the newest migration that was applied; empty for an empty database. Changes nothing.
  ///
  /// @throws StoreException.NewerFormat when this build cannot read the data
  Optional<Integer> storedVersion(Database database) throws StoreException {
    try (Connection connection = database.connectReader()) {
      if (!database.hasTable(connection, HISTORY_TABLE)) {
        return Optional.empty();
      }
      if (database.hasTable(connection, "log")) {
        checkFormat(connection);
      }
      try (PreparedStatement select = connection.prepareStatement(NEWEST_APPLIED);
          ResultSet rows = select.executeQuery()) {
        return rows.next() ? Optional.of(rows.getInt(1)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw database.fault("read the schema version", e);
    }
  }

  /// Brings the tables up to date, where they are not.
  void migrate(Database database, Optional<Integer> storedVersion) throws StoreException {
    if (storedVersion.isPresent() && storedVersion.get() >= version) {
      return;
    }
    try {
      Flyway.configure(SchemaMigrations.class.getClassLoader())
          .dataSource(new MigrationSource(database::connectMigration))
          .locations(folders.stream().map(folder -> "classpath:" + folder).toArray(String[]::new))
          .table(HISTORY_TABLE)
          .failOnMissingLocations(true)
          .cleanDisabled(true)
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw fault(database, e);
    }
  }

  private static StoreException fault(Database database, FlywayException failure) {
    String doing = "migrate the tables";
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return database.fault(doing, sql);
      }
    }
    return new StoreException.Unavailable(doing + ": " + failure.getMessage(), failure);
  }

  private void checkFormat(Connection connection) throws SQLException, StoreException {
    try (PreparedStatement select = connection.prepareStatement(LogSql.READ_FORMAT)) {
      select.setInt(1, LogSql.LOG_ID);
      try (ResultSet rows = select.executeQuery()) {
        if (rows.next() && rows.getInt(1) > format) {
          throw new StoreException.NewerFormat(
              "log.format: "
                  + rows.getInt(1)
                  + " (expected: at most "
                  + format
                  + "; this data was written by a newer Reeve, start that one)");
        }
      }
    }
  }
}
