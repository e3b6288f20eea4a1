package dev.reeve.engine.port;

import dev.reeve.base.Bytes;
import java.util.Optional;

/// Bytes too large for a row, kept by tenant and digest. Methods block; safe on any thread.
public interface BlobStore {
  /// Largest payload or result that is stored in its job's row, in bytes.
  int INLINE_SIZE_MAX = 4 * 1024;

  /// Largest one that is stored as a blob row inside the commit that refers to it, in bytes.
  int ROW_SIZE_MAX = 64 * 1024;

  /// Largest one at all, in bytes.
  int SIZE_MAX = 64 * 1024 * 1024;

  /// Stores the bytes and returns when they are durable. Storing them again is not an error.
  void put(String tenant, Bytes sha256, Bytes content) throws StoreException;

  Optional<Bytes> get(String tenant, Bytes sha256) throws StoreException;
}
