package dev.reeve.quantum.compiler;

import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Swaps of neighbours that lead from one layout to another. First those that bring one qubit
/// nearer and take none away; what is left then is brought home to the leaves of a tree, which are
/// cut off one by one. Fillers go wherever it suits. Used once.
final class LayoutMoves {
  private final CouplingMap couplings;

  /// Where what is on each qubit of the device has to go.
  private final int[] goal;

  private final List<Operation> swaps = new ArrayList<>();

  private LayoutMoves(CouplingMap couplings, int[] goal) {
    this.couplings = couplings;
    this.goal = goal;
  }

  /// @param qubits of the circuit; those of the layouts beyond are fillers
  static List<Operation> between(Layout from, Layout to, int qubits, CouplingMap couplings) {
    LayoutMoves moves = new LayoutMoves(couplings, goals(from, to, qubits, couplings));
    moves.nearer();
    moves.home();
    return moves.swaps;
  }

  private static int[] goals(Layout from, Layout to, int qubits, CouplingMap couplings) {
    int[] goal = new int[from.size()];
    boolean[] taken = new boolean[goal.length];
    Arrays.fill(goal, -1);
    for (int qubit = 0; qubit < qubits; qubit++) {
      goal[from.physical(qubit)] = to.physical(qubit);
      taken[to.physical(qubit)] = true;
    }
    for (int place = 0; place < goal.length; place++) {
      if (goal[place] < 0 && !taken[place]) {
        goal[place] = place;
        taken[place] = true;
      }
    }
    for (int place = 0; place < goal.length; place++) {
      if (goal[place] < 0) {
        goal[place] = nearest(place, taken, couplings);
        taken[goal[place]] = true;
      }
    }
    return goal;
  }

  private static int nearest(int place, boolean[] taken, CouplingMap couplings) {
    int best = -1;
    for (int other = 0; other < taken.length; other++) {
      if (!taken[other]
          && (best < 0 || couplings.distance(place, other) < couplings.distance(place, best))) {
        best = other;
      }
    }
    return best;
  }

  private void nearer() {
    boolean moved = true;
    while (moved) {
      moved = false;
      for (CouplingMap.Edge edge : couplings.edges()) {
        int a = edge.first();
        int b = edge.second();
        int before = couplings.distance(a, goal[a]) + couplings.distance(b, goal[b]);
        int after = couplings.distance(b, goal[a]) + couplings.distance(a, goal[b]);
        if (after < before) {
          swap(a, b);
          moved = true;
        }
      }
    }
  }

  /// The last qubit that a walk over the device reaches can be done without: the rest still hangs
  /// together.
  private void home() {
    int[] parent = new int[goal.length];
    int[] depth = new int[goal.length];
    int[] order = walk(parent, depth);
    for (int i = order.length - 1; i > 0; i--) {
      bring(order[i], parent, depth);
    }
  }

  private int[] walk(int[] parent, int[] depth) {
    int[] order = new int[goal.length];
    Arrays.fill(parent, -1);
    parent[0] = 0;
    int reached = 1;
    for (int i = 0; i < reached; i++) {
      for (int n = 0; n < couplings.degree(order[i]); n++) {
        int next = couplings.neighbour(order[i], n);
        if (parent[next] < 0) {
          parent[next] = order[i];
          depth[next] = depth[order[i]] + 1;
          order[reached++] = next;
        }
      }
    }
    return order;
  }

  /// Along the tree: up from where it is, and down from where both ways meet.
  private void bring(int leaf, int[] parent, int[] depth) {
    int at = 0;
    while (goal[at] != leaf) {
      at++;
    }
    List<Integer> down = new ArrayList<>();
    int to = leaf;
    while (at != to) {
      if (depth[at] >= depth[to] && at != to) {
        swap(at, parent[at]);
        at = parent[at];
      } else {
        down.add(to);
        to = parent[to];
      }
    }
    for (int next : down.reversed()) {
      swap(at, next);
      at = next;
    }
  }

  private void swap(int first, int second) {
    swaps.add(GateOperation.of(Gate.SWAP, first, second));
    int kept = goal[first];
    goal[first] = goal[second];
    goal[second] = kept;
  }
}
