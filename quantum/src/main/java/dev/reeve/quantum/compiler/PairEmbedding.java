package dev.reeve.quantum.compiler;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Looks for a layout in which every pair of a circuit's two-qubit gates is a pair of neighbours
/// already, by trying places one qubit after the other and going back. Gives up after a bounded
/// number of tries.
final class PairEmbedding {
  private static final int TRIES_MAX = 200_000;

  private final List<List<Integer>> partners;
  private final CouplingMap couplings;
  private final int[] order;
  private final int[] place;
  private final boolean[] taken;
  private int tries;

  private PairEmbedding(List<List<Integer>> partners, CouplingMap couplings, int[] order) {
    this.partners = partners;
    this.couplings = couplings;
    this.order = order;
    this.place = new int[partners.size()];
    this.taken = new boolean[couplings.qubits()];
    Arrays.fill(place, -1);
  }

  static Optional<Layout> find(PairOrder gates, int qubits, CouplingMap couplings) {
    List<TreeSet<Integer>> sets = new ArrayList<>();
    for (int i = 0; i < qubits; i++) {
      sets.add(new TreeSet<>());
    }
    for (int gate = 0; gate < gates.count; gate++) {
      sets.get(gates.first[gate]).add(gates.second[gate]);
      sets.get(gates.second[gate]).add(gates.first[gate]);
    }
    List<List<Integer>> partners = new ArrayList<>();
    sets.forEach(set -> partners.add(List.copyOf(set)));
    PairEmbedding search = new PairEmbedding(partners, couplings, order(partners));
    return search.place(0)
        ? Optional.of(Layout.of(search.completed(), couplings.qubits()))
        : Optional.empty();
  }

  /// Qubits with partners, those with most first and then by connection, so that a wrong place is
  /// noticed soon.
  private static int[] order(List<List<Integer>> partners) {
    List<Integer> order = new ArrayList<>();
    boolean[] listed = new boolean[partners.size()];
    List<Integer> byDegree = new ArrayList<>();
    for (int i = 0; i < partners.size(); i++) {
      byDegree.add(i);
    }
    byDegree.sort(Comparator.comparingInt(qubit -> -partners.get(qubit).size()));
    for (int start : byDegree) {
      if (!listed[start] && !partners.get(start).isEmpty()) {
        listed[start] = true;
        order.add(start);
        for (int i = order.size() - 1; i < order.size(); i++) {
          for (int next : partners.get(order.get(i))) {
            if (!listed[next]) {
              listed[next] = true;
              order.add(next);
            }
          }
        }
      }
    }
    return order.stream().mapToInt(Integer::intValue).toArray();
  }

  private boolean place(int depth) {
    if (depth == order.length) {
      return true;
    }
    int qubit = order[depth];
    for (int candidate = 0; candidate < couplings.qubits(); candidate++) {
      if (tries++ > TRIES_MAX) {
        return false;
      }
      if (!taken[candidate] && fits(qubit, candidate)) {
        taken[candidate] = true;
        place[qubit] = candidate;
        if (place(depth + 1)) {
          return true;
        }
        taken[candidate] = false;
        place[qubit] = -1;
      }
    }
    return false;
  }

  private boolean fits(int qubit, int candidate) {
    if (couplings.degree(candidate) < partners.get(qubit).size()) {
      return false;
    }
    for (int partner : partners.get(qubit)) {
      if (place[partner] >= 0 && couplings.distance(candidate, place[partner]) != 1) {
        return false;
      }
    }
    return true;
  }

  /// Qubits without partners take any place that is left.
  private int[] completed() {
    int free = 0;
    for (int qubit = 0; qubit < place.length; qubit++) {
      if (place[qubit] < 0) {
        while (taken[free]) {
          free++;
        }
        taken[free] = true;
        place[qubit] = free;
      }
    }
    return place;
  }
}
