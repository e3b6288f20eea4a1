package dev.reeve.store;

import dev.reeve.engine.port.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.Lock;

/// What differs between the databases under one [JdbcJobLog].
interface Database {
  /// A connection for the writer, with auto-commit off and everything a commit says flushed before
  /// it returns.
  Connection connectWriter() throws SQLException;

  /// A connection for a reader, with auto-commit on.
  Connection connectReader() throws SQLException;

  /// A connection for changes of the tables, which may take long, with auto-commit on.
  Connection connectMigration() throws SQLException;

  /// Whether there is a table of this name.
  boolean hasTable(Connection connection, String name) throws SQLException;

  /// Prepares the lookups of one connection.
  KeyLookup lookup(Connection connection) throws SQLException;

  /// Prepares the small blobs of one writer's connection.
  BlobRows blobRows(Connection connection) throws SQLException;

  /// Held by the writer while a transaction of its is under way.
  Lock commits();

  /// What a failure means to the engine.
  ///
  /// @param doing what was tried, for the message
  StoreException fault(String doing, SQLException failure);
}
