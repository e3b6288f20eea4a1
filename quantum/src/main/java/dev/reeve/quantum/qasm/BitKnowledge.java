package dev.reeve.quantum.qasm;

import dev.reeve.quantum.Indexes;
import java.util.Arrays;

/// What is known of each classical bit while a program is lowered. The bits themselves always live
/// in the circuit's memory; this only lets conditions be decided early.
final class BitKnowledge {
  private static final byte ZERO = 0;
  private static final byte ONE = 1;
  private static final byte UNKNOWN = 2;

  private byte[] states = new byte[64];
  private int[] regions = new int[64];
  private int size;

  /// Adds bits, known to be zero, and returns the address of the first.
  int add(int count, int region) {
    int first = size;
    size += count;
    if (size > states.length) {
      int capacity = Math.max(size, states.length * 2);
      states = Arrays.copyOf(states, capacity);
      regions = Arrays.copyOf(regions, capacity);
    }
    Arrays.fill(regions, first, size, region);
    return first;
  }

  /// A block with bits of its own is entered again, maybe in another region.
  void again(Indexes addresses, int region) {
    for (int i = 0; i < addresses.size(); i++) {
      regions[addresses.get(i)] = region;
    }
  }

  int size() {
    return size;
  }

  boolean isKnown(Indexes addresses) {
    for (int i = 0; i < addresses.size(); i++) {
      if (states[addresses.get(i)] == UNKNOWN) {
        return false;
      }
    }
    return true;
  }

  boolean isOne(int address) {
    return states[address] == ONE;
  }

  void forget(int address) {
    states[address] = UNKNOWN;
  }

  /// A bit was set to a known value, by a statement in this many regions. From within a region the
  /// knowledge would leak out of a branch that may not be taken, so it is dropped.
  void set(int address, boolean one, int region) {
    states[address] = region > regions[address] ? UNKNOWN : one ? ONE : ZERO;
  }
}
