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

  /// Stores the bytes and returns when they are durable. Storing them again is not an error and
  /// makes them young again for [#removeUnused].
  void put(String tenant, Bytes sha256, Bytes content) throws StoreException;

  /// The bytes, checked against their digest; [StoreException.Damaged] when they differ.
  Optional<Bytes> get(String tenant, Bytes sha256) throws StoreException;

  /// Removes blobs that were put before a time and to which no job refers: leftovers of submits
  /// that were never committed, and blobs of removed jobs. The time must be further back than any
  /// command may take from its `put` to its commit; the engine uses 24 hours.
  ///
  /// @param limit at most so many
  /// @return how many were removed
  int removeUnused(long putBeforeMicros, int limit) throws StoreException;
}
