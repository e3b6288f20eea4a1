package dev.reeve.store;

import dev.reeve.base.Bytes;
import dev.reeve.engine.port.StoreException;
import java.util.Optional;
import java.util.function.Consumer;

/// Small documents in the store that must neither vanish nor go back: the newest of each name. They
/// are changed here, or by a commit of the log ([dev.reeve.engine.port.DocumentChange]). Belongs to
/// the owner of the log. Safe on any thread; blocks.
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

  /// Every document whose name begins like this, in no order that anybody may rely on. What is
  /// changed meanwhile may be told as it was or as it is.
  ///
  /// @param prefix ASCII
  /// @param sink gets one after the other; never more than some dozen are in memory
  /// @throws StoreException.Unavailable when the database does not answer; some may have been told
  void each(String prefix, Consumer<Kept> sink) throws StoreException;

  /// Keeps a document in place of the one before; on disk when it returns.
  ///
  /// @throws StoreException.OwnershipLost when another node has taken the log over
  /// @throws StoreException.Unavailable when it is not known to be kept
  void put(String name, Kept document) throws StoreException;
}
