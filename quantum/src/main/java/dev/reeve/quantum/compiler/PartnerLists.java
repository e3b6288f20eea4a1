package dev.reeve.quantum.compiler;

import java.util.Arrays;

/// For each qubit those that it waits for; a partner may be in it more than once. Not thread-safe.
final class PartnerLists {
  private final int[][] partners;
  private final int[] sizes;

  /// Qubits with partners, in no order.
  private final int[] active;

  private final int[] placeInActive;
  private int activeCount;

  PartnerLists(int qubits) {
    this.partners = new int[qubits][4];
    this.sizes = new int[qubits];
    this.active = new int[qubits];
    this.placeInActive = new int[qubits];
  }

  void add(int qubit, int partner) {
    int size = sizes[qubit];
    if (size == 0) {
      placeInActive[qubit] = activeCount;
      active[activeCount++] = qubit;
    }
    if (size == partners[qubit].length) {
      partners[qubit] = Arrays.copyOf(partners[qubit], 2 * size);
    }
    partners[qubit][size] = partner;
    sizes[qubit] = size + 1;
  }

  /// Takes a partner out once.
  void remove(int qubit, int partner) {
    int[] list = partners[qubit];
    int last = sizes[qubit] - 1;
    int at = 0;
    while (list[at] != partner) {
      at++;
    }
    list[at] = list[last];
    sizes[qubit] = last;
    if (last == 0) {
      leave(qubit);
    }
  }

  void clear(int qubit) {
    if (sizes[qubit] > 0) {
      sizes[qubit] = 0;
      leave(qubit);
    }
  }

  private void leave(int qubit) {
    int moved = active[--activeCount];
    active[placeInActive[qubit]] = moved;
    placeInActive[moved] = placeInActive[qubit];
  }

  int size(int qubit) {
    return sizes[qubit];
  }

  int partner(int qubit, int place) {
    return partners[qubit][place];
  }

  int activeCount() {
    return activeCount;
  }

  int active(int place) {
    return active[place];
  }
}
