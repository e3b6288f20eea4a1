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
    return SqliteStore.open(data, clock, SchemaMigrations.sqlite());
  }
}
