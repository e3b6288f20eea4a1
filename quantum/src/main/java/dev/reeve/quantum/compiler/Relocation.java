package dev.reeve.quantum.compiler;

import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/// Looks for better qubits of a device for a circuit that fits it already: qubits that meet must
/// meet again. Costs add up by qubit and by pair, so that a way is given up as soon as it costs
/// what the best one does. Gives up after a bounded number of tries.
final class Relocation {
  private static final int TRIES_MAX = 200_000;

  /// Rounding is no gain.
  private static final double GAIN_MIN = 1e-12;

  /// What an operation costs on a qubit or a pair of a device.
  interface Costs {
    /// A one-qubit gate that is no turn about Z.
    double turn(int qubit);

    /// A measurement.
    double readout(int qubit);

    /// A controlled flip.
    double flip(int first, int second);
  }

  private final CouplingMap couplings;
  private final Costs costs;
  private final int[] turns;
  private final int[] readouts;

  /// By qubit: those it meets, and how often.
  private final List<TreeMap<Integer, Integer>> flips = new ArrayList<>();

  private final int[] order;
  private final int[] goal;
  private final boolean[] taken;
  private int[] best;
  private double bestCost;
  private int tries;

  private Relocation(List<Operation> operations, CouplingMap couplings, Costs costs) {
    int size = couplings.qubits();
    this.couplings = couplings;
    this.costs = costs;
    this.turns = new int[size];
    this.readouts = new int[size];
    this.goal = new int[size];
    this.taken = new boolean[size];
    Arrays.fill(goal, -1);
    for (int i = 0; i < size; i++) {
      flips.add(new TreeMap<>());
    }
    boolean[] used = new boolean[size];
    for (Operation operation : operations) {
      Qubits.each(operation, (_, qubit) -> used[qubit] = true);
      count(operation);
    }
    this.order = order(used);
    this.best = new int[size];
    Arrays.setAll(best, qubit -> qubit);
    this.bestCost = costOfStaying() - GAIN_MIN;
  }

  /// Where each qubit's operations should go; every qubit of the device once.
  static int[] find(List<Operation> operations, CouplingMap couplings, Costs costs) {
    Relocation search = new Relocation(operations, couplings, costs);
    search.place(0, 0);
    return search.best;
  }

  private void count(Operation operation) {
    switch (operation) {
      case GateOperation gate when gate.qubitCount() == 2 -> {
        flips.get(gate.qubit(0)).merge(gate.qubit(1), 1, Integer::sum);
        flips.get(gate.qubit(1)).merge(gate.qubit(0), 1, Integer::sum);
      }
      case GateOperation gate when gate.qubitCount() == 1 ->
          turns[gate.qubit(0)] += gate.gate() == Gate.RZ ? 0 : 1;
      case Operation.Measure measure -> readouts[measure.qubit()]++;
      case Operation.Reset reset -> readouts[reset.qubit()]++;
      case GateOperation _, Operation.Quantum _, Operation.Classical _ -> {}
    }
  }

  /// By connection, so that all but the first have a neighbour that is placed.
  private int[] order(boolean[] used) {
    List<Integer> order = new ArrayList<>();
    boolean[] listed = new boolean[used.length];
    for (int start = 0; start < used.length; start++) {
      if (used[start] && !listed[start]) {
        listed[start] = true;
        order.add(start);
        for (int i = order.size() - 1; i < order.size(); i++) {
          for (int next : flips.get(order.get(i)).keySet()) {
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

  private double costOfStaying() {
    double cost = 0;
    for (int qubit : order) {
      goal[qubit] = qubit;
      cost += cost(qubit, qubit);
    }
    Arrays.fill(goal, -1);
    return cost;
  }

  /// Of a qubit at a place, with those it meets that have one already.
  private double cost(int qubit, int place) {
    double cost = turns[qubit] * costs.turn(place) + readouts[qubit] * costs.readout(place);
    for (var partner : flips.get(qubit).entrySet()) {
      int other = goal[partner.getKey()];
      if (other >= 0 && other != place) {
        cost += partner.getValue() * costs.flip(place, other);
      }
    }
    return cost;
  }

  private void place(int depth, double cost) {
    if (depth == order.length) {
      bestCost = cost - GAIN_MIN;
      best = completed();
      return;
    }
    int qubit = order[depth];
    int anchor = anchor(qubit);
    int candidates = anchor < 0 ? couplings.qubits() : couplings.degree(anchor);
    for (int i = 0; i < candidates && tries <= TRIES_MAX; i++) {
      int place = anchor < 0 ? i : couplings.neighbour(anchor, i);
      tries++;
      if (!taken[place] && fits(qubit, place)) {
        double here = cost + cost(qubit, place);
        if (here < bestCost) {
          taken[place] = true;
          goal[qubit] = place;
          place(depth + 1, here);
          taken[place] = false;
          goal[qubit] = -1;
        }
      }
    }
  }

  /// Where one that this qubit meets is already; -1 for none.
  private int anchor(int qubit) {
    for (int partner : flips.get(qubit).keySet()) {
      if (goal[partner] >= 0) {
        return goal[partner];
      }
    }
    return -1;
  }

  private boolean fits(int qubit, int place) {
    if (couplings.degree(place) < flips.get(qubit).size()) {
      return false;
    }
    for (int partner : flips.get(qubit).keySet()) {
      if (goal[partner] >= 0 && couplings.distance(place, goal[partner]) != 1) {
        return false;
      }
    }
    return true;
  }

  /// Qubits that nothing happens on stay where they are, or take what is left.
  private int[] completed() {
    int[] all = goal.clone();
    boolean[] gone = taken.clone();
    for (int qubit = 0; qubit < all.length; qubit++) {
      if (all[qubit] < 0 && !gone[qubit]) {
        all[qubit] = qubit;
        gone[qubit] = true;
      }
    }
    int free = 0;
    for (int qubit = 0; qubit < all.length; qubit++) {
      if (all[qubit] < 0) {
        while (gone[free]) {
          free++;
        }
        all[qubit] = free;
        gone[free] = true;
      }
    }
    return all;
  }
}
