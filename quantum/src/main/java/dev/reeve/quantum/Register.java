package dev.reeve.quantum;

import dev.reeve.base.Check;
import java.util.Objects;

/// A named run of qubits or classical bits.
///
/// @param name as declared
/// @param offset index of its first element
/// @param size number of elements, at least 1
public record Register(String name, int offset, int size) {
  public Register {
    Objects.requireNonNull(name, "name");
    Check.argument(offset >= 0, "offset: %d (expected: >= 0)", offset);
    Check.argument(size >= 1, "size: %d (expected: >= 1)", size);
  }
}
