package dev.reeve.quantum.compiler;

/// When something last changed about each qubit of a circuit that routing looks at: where it is,
/// whom it waits for, or where they are. What was worked out since then holds still. Not
/// thread-safe.
final class Changes {
  private final int[] changed;
  private int now;

  Changes(int qubits) {
    this.changed = new int[qubits];
  }

  void changed(int qubit) {
    changed[qubit] = now;
  }

  /// A new moment.
  void tick() {
    now++;
  }

  int now() {
    return now;
  }

  /// Whether something changed at a moment or after it.
  boolean since(int qubit, int moment) {
    return changed[qubit] >= moment;
  }
}
