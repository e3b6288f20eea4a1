package dev.reeve.service.provider;

import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;

/// What left of an answer so far: how much, and its hash as a chain over the chunks, so that it can
/// be told at any time. Used by one thread.
final class ReleasedBytes {
  private long count;
  private Bytes hash = Bytes.EMPTY;

  void add(Bytes chunk) {
    count += chunk.size();
    byte[] both = new byte[hash.size() + chunk.size()];
    System.arraycopy(hash.unsafeArray(), 0, both, 0, hash.size());
    System.arraycopy(chunk.unsafeArray(), 0, both, hash.size(), chunk.size());
    hash = Sha256.of(Bytes.wrap(both));
  }

  long count() {
    return count;
  }

  /// SHA-256 of the hash before and the newest chunk; empty when nothing left.
  Bytes hash() {
    return hash;
  }
}
