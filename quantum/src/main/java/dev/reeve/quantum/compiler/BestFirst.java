package dev.reeve.quantum.compiler;

/// Gives slots of [BeamStates] back, the best first: a heap, since most are never asked for. Not
/// thread-safe.
final class BestFirst {
  private final int[] heap;
  private int size;

  BestFirst(int slots) {
    this.heap = new int[slots];
  }

  /// Takes the slots from 0 on.
  void fill(BeamStates states, int count) {
    size = count;
    for (int i = 0; i < count; i++) {
      heap[i] = i;
    }
    for (int i = count / 2 - 1; i >= 0; i--) {
      sink(states, i);
    }
  }

  boolean isEmpty() {
    return size == 0;
  }

  int next(BeamStates states) {
    int best = heap[0];
    heap[0] = heap[--size];
    sink(states, 0);
    return best;
  }

  private void sink(BeamStates states, int start) {
    int slot = heap[start];
    int at = start;
    int child = 2 * at + 1;
    while (child < size) {
      if (child + 1 < size && states.isBetter(heap[child + 1], heap[child])) {
        child++;
      }
      if (!states.isBetter(heap[child], slot)) {
        break;
      }
      heap[at] = heap[child];
      at = child;
      child = 2 * at + 1;
    }
    heap[at] = slot;
  }
}
