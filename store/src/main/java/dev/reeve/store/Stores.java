package dev.reeve.store;

import dev.reeve.engine.port.StoreException;
import java.nio.file.Path;
import java.time.InstantSource;

/// Opens stores. The one entry point of this module.
public final class Stores {
  private Stores() {}

  /// Opens the embedded store in a data directory, made when missing, and brings its tables up to
  /// this version. Blocks; takes some milliseconds, or about half a second when the directory is
  /// new.
  ///
  /// @param data the directory; this process owns it until the store is closed
  /// @param clock stamps blobs, so that unused ones are known to be old
  /// @throws StoreException.OwnedElsewhere when another process has it
  /// @throws StoreException.NewerFormat when a newer version wrote it; nothing was touched
  /// @throws StoreException.Damaged when it is not a store, or a broken one
  /// @throws StoreException.Unavailable when the directory cannot be used
  public static OpenStore sqlite(Path data, InstantSource clock) throws StoreException {
    return SqliteStore.open(data, clock, SchemaMigrations.sqlite(), SqliteLimits.DEFAULT);
  }

  /// Opens the embedded store of a data directory to read its log, whether another process owns it
  /// or nobody does; a copy will do. Changes nothing and takes no lock. Blocks.
  ///
  /// @param data the directory
  /// @throws StoreException.NewerFormat when a newer version wrote it
  /// @throws StoreException.Damaged when it is not a store, or a broken one
  /// @throws StoreException.Unavailable when there is none, or it cannot be read
  public static LogReader readSqlite(Path data) throws StoreException {
    return SqliteStore.read(data, SchemaMigrations.sqlite());
  }

  /// Opens the shared store to read its log, whether a node owns it or not. Changes nothing.
  /// Blocks.
  ///
  /// @param url as for [#postgres]
  /// @throws IllegalArgumentException when the URL is none
  /// @throws StoreException.NewerFormat when a newer version wrote it
  /// @throws StoreException.Unavailable when the database does not answer, refuses us or is empty
  public static LogReader readPostgres(String url, InstantSource clock) throws StoreException {
    PostgresDatabase database = new PostgresDatabase(PostgresAddress.parse(url), clock);
    return LogReader.open(
        database,
        SchemaMigrations.postgres(),
        connections -> new PostgresBlobStore(connections, clock));
  }

  /// Opens the shared store in a PostgreSQL database for one node, and brings its tables up to this
  /// version. Blocks for at most some seconds. A standby calls it again and again, say every half
  /// second, until the owner is gone.
  ///
  /// @param url `postgresql://USER:PASSWORD@HOST:PORT/DATABASE?OPTION=VALUE`
  /// @param node name of this node, for messages; ownership itself is told apart by epoch
  /// @param clock stamps blobs, so that unused ones are known to be old; the lease runs by the
  ///   database's own clock
  /// @throws IllegalArgumentException when the URL is none
  /// @throws StoreException.OwnedElsewhere while another node owns the log and is alive
  /// @throws StoreException.NewerFormat when a newer version wrote it; nothing was touched
  /// @throws StoreException.Unavailable when the database does not answer or refuses us
  public static OpenStore postgres(String url, String node, InstantSource clock)
      throws StoreException {
    return PostgresStore.open(PostgresAddress.parse(url), node, clock, SchemaMigrations.postgres());
  }
}
