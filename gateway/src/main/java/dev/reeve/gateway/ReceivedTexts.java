package dev.reeve.gateway;

import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;

/// What the boundary cut out of the request in progress: by it a repeat is told from another
/// request that looks the same after cleaning. Written before the handler is called, read by it.
public final class ReceivedTexts {
  private volatile Bytes digest = Bytes.EMPTY;

  /// @param originals texts as they came, each that was changed
  void cut(Bytes originals) {
    digest = Sha256.of(originals);
  }

  /// A digest of what was changed, as it came; empty when nothing was.
  Bytes digest() {
    return digest;
  }
}
