package dev.reeve.quantum.qasm;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is declared inside of a body that is looked at without being lowered, block by block.
final class LocalNames {
  private final Deque<Map<String, Local>> blocks = new ArrayDeque<>();

  LocalNames() {
    open();
  }

  /// Sorts of declared things.
  enum Sort {
    QUBITS,
    BITS,
    VALUE,
    CONSTANT,
    OTHER
  }

  /// Something declared.
  ///
  /// @param size its elements, or one of the constants below
  record Local(Sort sort, long size) {
    /// One element that cannot be indexed.
    static final long SINGLE = 0;

    /// A size that is not written as a number.
    static final long UNKNOWN = -1;

    static Local of(Sort sort) {
      return new Local(sort, UNKNOWN);
    }
  }

  void open() {
    blocks.push(new HashMap<>());
  }

  void close() {
    blocks.pop();
  }

  /// Declares a name, unless this block has it already.
  boolean declare(String name, Local local) {
    return blocks.element().putIfAbsent(name, local) == null;
  }

  @Nullable Local find(String name) {
    for (Map<String, Local> block : blocks) {
      Local local = block.get(name);
      if (local != null) {
        return local;
      }
    }
    return null;
  }
}
