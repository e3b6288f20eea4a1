package dev.reeve.store;

import dev.reeve.base.Bytes;
import dev.reeve.engine.port.StoreException;
import java.util.Optional;

/// Small documents in the store that must neither vanish nor go back: the newest of each name.
/// Belongs to the owner of the log. Safe on any thread; blocks.
public interface KeptDocuments {
  /// A document.
  ///
  /// @param content as its owner wrote it
  /// @param atMicros time of what it says, microseconds since 1970 UTC
  record Kept(Bytes content, long atMicros) {}

  /// The newest document of a name; empty when there never was one.
  ///
  /// @throws StoreException.Unavailable when the database does not answer
  Optional<Kept> find(String name) throws StoreException;

  /// Keeps a document in place of the one before; on disk when it returns.
  ///
  /// @throws StoreException.OwnershipLost when another node has taken the log over
  /// @throws StoreException.Unavailable when it is not known to be kept
  void put(String name, Kept document) throws StoreException;
}
