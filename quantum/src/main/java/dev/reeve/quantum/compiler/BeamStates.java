package dev.reeve.quantum.compiler;

/// Where everything is after some swaps, for many states beside each other: a slot each, in arrays
/// that are used again and again. Not thread-safe.
final class BeamStates {
  /// Most blocks that a state sees.
  static final int WINDOW = 40;

  /// By slot and qubit of the circuit: where it is on the device, and the group it has got to.
  final int[] place;

  final int[] position;

  /// By slot and qubit of the device: which qubit of the circuit it holds.
  final int[] held;

  /// By slot: the next blocks, those of the front first.
  final int[] window;

  final int[] windowSize;
  final int[] frontSize;

  /// By slot: blocks that are left, what the state is worth and its name.
  final int[] left;

  final double[] score;
  final long[] hash;

  /// By slot: which state of the step before it comes from, and by which swap.
  final int[] parent;

  final int[] swap;
  private final int qubits;

  BeamStates(int slots, int qubits) {
    this.qubits = qubits;
    this.place = new int[slots * qubits];
    this.position = new int[slots * qubits];
    this.held = new int[slots * qubits];
    this.window = new int[slots * WINDOW];
    this.windowSize = new int[slots];
    this.frontSize = new int[slots];
    this.left = new int[slots];
    this.score = new double[slots];
    this.hash = new long[slots];
    this.parent = new int[slots];
    this.swap = new int[slots];
  }

  /// Takes over where everything is in another state.
  void copy(int slot, BeamStates from, int other) {
    System.arraycopy(from.place, other * qubits, place, slot * qubits, qubits);
    System.arraycopy(from.position, other * qubits, position, slot * qubits, qubits);
    System.arraycopy(from.held, other * qubits, held, slot * qubits, qubits);
    left[slot] = from.left[other];
  }

  /// Exchanges what two qubits of the device hold.
  void exchange(int slot, int first, int second) {
    int base = slot * qubits;
    int a = held[base + first];
    int b = held[base + second];
    held[base + first] = b;
    held[base + second] = a;
    place[base + a] = second;
    place[base + b] = first;
  }

  /// Orders slots: the better one first, and of equals one by name, then the earlier one.
  boolean isBetter(int one, int other) {
    if (score[one] != score[other]) {
      return score[one] < score[other];
    }
    return hash[one] == hash[other] ? one < other : hash[one] < hash[other];
  }
}
