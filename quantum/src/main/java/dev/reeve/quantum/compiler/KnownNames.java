package dev.reeve.quantum.compiler;

import java.util.Arrays;

/// A growing set of numbers that are as good as random. Not thread-safe.
final class KnownNames {
  private long[] slots = new long[1024];
  private boolean hasZero;
  private int size;

  /// @return whether it was not there
  boolean add(long name) {
    if (name == 0) {
      boolean added = !hasZero;
      hasZero = true;
      return added;
    }
    if (2 * size >= slots.length) {
      long[] before = slots;
      slots = new long[2 * before.length];
      Arrays.stream(before).filter(each -> each != 0).forEach(each -> slots[slot(each)] = each);
    }
    int slot = slot(name);
    if (slots[slot] == name) {
      return false;
    }
    slots[slot] = name;
    size++;
    return true;
  }

  /// Where it is, or where it would go.
  private int slot(long name) {
    int slot = (int) (name ^ name >>> 32) & slots.length - 1;
    while (slots[slot] != 0 && slots[slot] != name) {
      slot = slot + 1 & slots.length - 1;
    }
    return slot;
  }
}
