package dev.reeve.gateway;

import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;

/// What the request in progress was before its handler got it: how large, and what the boundary cut
/// out of it, by which a repeat is told from another request that looks the same after cleaning.
/// Written before the handler is called, read by it.
public final class ReceivedTexts {
  private volatile Bytes digest = Bytes.EMPTY;
  private volatile int wireBytes = WireSize.UNKNOWN;

  /// @param bytes that the message took on its way here
  void sized(int bytes) {
    wireBytes = bytes;
  }

  /// Bytes that the message took on its way here, or [WireSize#UNKNOWN].
  int wireBytes() {
    return wireBytes;
  }

  /// @param originals texts as they came, each that was changed
  void cut(Bytes originals) {
    digest = Sha256.of(originals);
  }

  /// A digest of what was changed, as it came; empty when nothing was.
  Bytes digest() {
    return digest;
  }
}
