package dev.reeve.service;

import dev.reeve.base.Bytes;
import dev.reeve.engine.SequencedEvent;
import dev.reeve.ledger.LeafHashes;
import java.util.ArrayList;
import java.util.List;

/// Gives stored events the hashes of their receipts, which they only number. Blocks; safe on any
/// thread.
final class EventHashes {
  private final LeafHashes hashes;

  EventHashes(LeafHashes hashes) {
    this.hashes = hashes;
  }

  /// The events up to the first whose receipt is in the store and not yet in the tree that others
  /// see: it comes into sight a moment later, and its watchers are then woken.
  ///
  /// @param stored events of one job, ascending
  List<SequencedEvent> named(List<SequencedEvent> stored) {
    List<SequencedEvent> named = new ArrayList<>(stored.size());
    long size = hashes.size();
    long index = -1;
    Bytes hash = Bytes.EMPTY;
    for (SequencedEvent event : stored) {
      if (!event.lacksHash()) {
        named.add(event);
        continue;
      }
      if (event.leafIndex() >= size) {
        break;
      }
      if (event.leafIndex() != index) {
        index = event.leafIndex();
        hash = hashes.range(index, 1);
      }
      named.add(event.withHash(hash));
    }
    return named;
  }
}
