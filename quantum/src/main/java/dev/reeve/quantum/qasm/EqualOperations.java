package dev.reeve.quantum.qasm;

import dev.reeve.quantum.GateOperation;
import org.jspecify.annotations.Nullable;

/// Keeps each of the gates that a circuit repeats once: a million gates on a hundred qubits are
/// seldom more than a few thousand different ones. A gate that falls on the place of another takes
/// it.
final class EqualOperations {
  private static final int PLACES_BITS = 14;

  /// So many take less memory than the places.
  private static final int FEW = 1 << 11;

  private int[] hashes = {};
  private @Nullable GateOperation[] kept = {};
  private int seen;

  /// An operation that is equal to this one.
  GateOperation one(GateOperation operation) {
    if (seen < FEW) {
      seen++;
      return operation;
    }
    if (kept.length == 0) {
      hashes = new int[1 << PLACES_BITS];
      kept = new GateOperation[1 << PLACES_BITS];
    }
    int hash = operation.hashCode() * 0x9E3779B9;
    int place = hash >>> -PLACES_BITS;
    GateOperation before = kept[place];
    if (before != null && hashes[place] == hash && before.equals(operation)) {
      return before;
    }
    hashes[place] = hash;
    kept[place] = operation;
    return operation;
  }
}
