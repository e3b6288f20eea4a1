package dev.reeve.quantum.compiler;

import dev.reeve.quantum.SplitMix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/// Looks for a long path through a device that meets no qubit twice: a stretch of it is replaced by
/// a longer way around, as long as there is one. Many circuits, of hidden strings and Fourier
/// transforms among them, need few swaps on a line.
final class LongPath {
  private static final int STARTS = 24;
  private static final int STRETCH_MAX = 8;
  private static final int WAY_MAX = 14;

  /// Steps of one search for a way around.
  private static final int STEPS_MAX = 3_000;

  private final CouplingMap couplings;
  private final SplitMix random;
  private final List<Integer> path = new ArrayList<>();
  private final boolean[] taken;
  private int steps;

  private LongPath(CouplingMap couplings, long seed) {
    this.couplings = couplings;
    this.random = new SplitMix(seed);
    this.taken = new boolean[couplings.qubits()];
  }

  /// The longest path found, in its order.
  static int[] find(CouplingMap couplings, long seed) {
    int[] best = {};
    for (int start = 0; start < STARTS && best.length < couplings.qubits(); start++) {
      LongPath search = new LongPath(couplings, seed + start);
      search.grow();
      if (search.path.size() > best.length) {
        best = search.path.stream().mapToInt(Integer::intValue).toArray();
      }
    }
    return best;
  }

  private void grow() {
    int first = random.nextInt(couplings.qubits());
    path.add(first);
    taken[first] = true;
    boolean longer = true;
    while (longer) {
      longer = extend();
      longer = extendBackwards() || longer;
      longer = detour() || longer;
    }
  }

  private boolean extendBackwards() {
    Collections.reverse(path);
    return extend();
  }

  private boolean extend() {
    int end = path.getLast();
    int degree = couplings.degree(end);
    int from = random.nextInt(degree);
    for (int i = 0; i < degree; i++) {
      int next = couplings.neighbour(end, (from + i) % degree);
      if (!taken[next]) {
        taken[next] = true;
        path.add(next);
        return true;
      }
    }
    return false;
  }

  private boolean detour() {
    int offset = random.nextInt(path.size());
    for (int i = 0; i < path.size(); i++) {
      int at = (i + offset) % path.size();
      for (int length = 1; length <= STRETCH_MAX && at + length < path.size(); length++) {
        List<Integer> inner = List.copyOf(path.subList(at + 1, at + length));
        inner.forEach(qubit -> taken[qubit] = false);
        List<Integer> way = new ArrayList<>();
        steps = 0;
        if (way(path.get(at), path.get(at + length), length, way)) {
          path.subList(at + 1, at + length).clear();
          path.addAll(at + 1, way);
          return true;
        }
        inner.forEach(qubit -> taken[qubit] = true);
      }
    }
    return false;
  }

  /// A way of more than so many steps, through what is free.
  private boolean way(int from, int goal, int stepsMin, List<Integer> way) {
    if (steps++ > STEPS_MAX || way.size() >= WAY_MAX) {
      return false;
    }
    int degree = couplings.degree(from);
    int start = random.nextInt(degree);
    for (int i = 0; i < degree; i++) {
      int next = couplings.neighbour(from, (start + i) % degree);
      if (next == goal && way.size() + 1 > stepsMin) {
        return true;
      }
      if (!taken[next] && next != goal) {
        taken[next] = true;
        way.add(next);
        if (way(next, goal, stepsMin, way)) {
          return true;
        }
        way.removeLast();
        taken[next] = false;
      }
    }
    return false;
  }

  /// A layout with qubits along a path in the order in which they first meet others; those for
  /// which it is too short take what is left.
  static Layout layout(PairOrder order, int[] path, int size) {
    int[] place = new int[size];
    Arrays.fill(place, -1);
    int next = 0;
    for (int node = 0; node < order.count; node++) {
      for (int qubit : new int[] {order.first[node], order.second[node]}) {
        if (place[qubit] < 0 && next < path.length) {
          place[qubit] = path[next++];
        }
      }
    }
    boolean[] used = new boolean[size];
    for (int qubit = 0; qubit < size; qubit++) {
      if (place[qubit] >= 0) {
        used[place[qubit]] = true;
      }
    }
    int free = 0;
    for (int qubit = 0; qubit < size; qubit++) {
      if (place[qubit] < 0) {
        while (used[free]) {
          free++;
        }
        used[free] = true;
        place[qubit] = free;
      }
    }
    return Layout.of(place, size);
  }
}
