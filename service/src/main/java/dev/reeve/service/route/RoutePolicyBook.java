package dev.reeve.service.route;

import dev.reeve.base.Bytes;
import java.io.IOException;
import java.util.function.Consumer;

/// Reads back the documents that changes of routing policies left in the store. Called by one
/// thread at a time.
public interface RoutePolicyBook {
  /// Every document whose name begins with [RoutePolicyDocuments#PREFIX].
  ///
  /// @param sink gets one after the other, in any order
  /// @throws IOException when they cannot be read; some may have been given
  void read(Consumer<Bytes> sink) throws IOException;
}
