package dev.reeve.ledger;

import dev.reeve.base.Bytes;

/// Where the hashes of a log's leaves are read from. A port: the store implements it over tiles, a
/// verifier over an exported copy. May block; the implementation says which threads may call it.
public interface LeafHashes {
  /// Number of leaves whose hashes can be read. May grow between calls, never shrinks.
  long size();

  /// The hashes of `count` leaves from the one with this index on, 32 bytes each, one after the
  /// other. The range lies within [#size()] and never crosses a multiple of [HashTile#WIDTH].
  Bytes range(long from, int count);
}
