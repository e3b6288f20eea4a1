package dev.reeve.service;

import dev.reeve.base.Bytes;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/// Where it is written down what pointers lead to, so that they lead there after a restart. Methods
/// block; called one after the other, but for [#settle].
public interface PointerNames {
  /// What a pointer leads to.
  ///
  /// @param tenant to whom it belongs
  /// @param key the text of the pointer after `redis://`
  /// @param sha256 name of the bytes in the store of blobs
  /// @param since when it was written
  record Named(String tenant, String key, Bytes sha256, Instant since) {}

  /// All that were added, in their order; a later one of the same name holds.
  ///
  /// @throws IOException when they cannot be read
  List<Named> read() throws IOException;

  /// Adds one; it is there after the end of this process once this returns, and after that of the
  /// machine once [#settle] does.
  ///
  /// @throws IOException when it cannot be written
  void add(Named named) throws IOException;

  /// Returns when all that was added before is on disk. For many callers at once.
  ///
  /// @throws IOException when it cannot be brought there
  void settle() throws IOException;

  /// Writes these in place of all, on disk when this returns.
  ///
  /// @throws IOException when they cannot be written; the others are there then
  void replace(Collection<Named> all) throws IOException;
}
