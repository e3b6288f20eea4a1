package dev.reeve.quantum.compiler;

import dev.reeve.quantum.compiler.SabreRun.Taste;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// Chooses the next swap of a [SabreRun]: the one after which the next blocks are nearest, chosen
/// at random among equals. Keeps what each swap changes for as long as nothing about its qubits
/// does. Not thread-safe.
final class SwapChooser {
  private static final double LOOK_AHEAD_WEIGHT = 0.5;
  private static final double DECAY_STEP = 0.001;
  private static final int DECAY_RESET = 5;
  private static final double SAME = 1e-10;

  private final PairOrder order;
  private final CouplingMap couplings;
  private final Layout layout;
  private final RandomGenerator random;
  private final Taste taste;
  private final double[] cost;
  private final PartnerLists near;
  private final LookAhead soon;
  private final int[] lastNode;
  private final Changes changes;

  /// By edge: how much more the blocks of the front cost after a swap, and those that come soon.
  private final double[] nearChange;

  private final double[] soonChange;

  /// By edge: when that was worked out.
  private final int[] known;

  /// The edge that is best, or one of those that are, and its qubits.
  private int best;

  private int bestFrom;
  private int bestTo;

  /// By qubit of the device: a little more for those that moved lately.
  private final double[] decay;

  private int sinceReset;
  private double nearSum;
  private double soonSum;
  private boolean sumsKnown;
  private long work;

  /// @param near by qubit of the circuit, those that it meets in the front
  /// @param lastNode by qubit of the circuit, the last block on it; -1 for none
  SwapChooser(
      PairOrder order,
      CouplingMap couplings,
      Layout layout,
      RandomGenerator random,
      Taste taste,
      double[] cost,
      PartnerLists near,
      LookAhead soon,
      int[] lastNode,
      Changes changes) {
    this.order = order;
    this.couplings = couplings;
    this.layout = layout;
    this.random = random;
    this.taste = taste;
    this.cost = cost;
    this.near = near;
    this.soon = soon;
    this.lastNode = lastNode;
    this.changes = changes;
    int edges = couplings.slots();
    this.nearChange = new double[edges];
    this.soonChange = new double[edges];
    this.known = new int[edges];
    this.decay = new double[couplings.qubits()];
    Arrays.fill(decay, 1);
  }

  /// Looks at blocks, for budgets.
  long work() {
    return work;
  }

  /// Takes over what lately moved in another run.
  void copyDecay(SwapChooser other) {
    System.arraycopy(other.decay, 0, decay, 0, decay.length);
    sinceReset = other.sinceReset;
  }

  /// Blocks have been carried out.
  void reset() {
    sumsKnown = false;
    resetDecay();
  }

  private void resetDecay() {
    sinceReset = 0;
    Arrays.fill(decay, 1);
  }

  /// Two qubits of the circuit have changed places.
  void moved(int first, int second) {
    sumsKnown = false;
    changed(first);
    changed(second);
  }

  private void changed(int qubit) {
    changes.changed(qubit);
    for (int i = 0; i < near.size(qubit); i++) {
      changes.changed(near.partner(qubit, i));
    }
    PartnerLists later = soon.partners();
    for (int i = 0; i < later.size(qubit); i++) {
      changes.changed(later.partner(qubit, i));
    }
  }

  /// Makes the best swap.
  ///
  /// @param front blocks whose turn it is
  void swapBest(SabreRun run, int[] front, int frontSize) {
    if (!sumsKnown) {
      sum(front, frontSize);
    }
    choose(frontSize);
    double nextNear = nearSum + nearChange[best];
    double nextSoon = soonSum + soonChange[best];
    run.swap(bestFrom, bestTo);
    nearSum = nextNear;
    soonSum = nextSoon;
    sumsKnown = true;
    if (++sinceReset >= DECAY_RESET) {
      resetDecay();
    } else {
      decay[bestFrom] += DECAY_STEP;
      decay[bestTo] += DECAY_STEP;
    }
  }

  /// What all blocks cost as they stand.
  private void sum(int[] front, int frontSize) {
    nearSum = 0;
    for (int i = 0; i < frontSize; i++) {
      nearSum += cost(front[i]);
    }
    soonSum = 0;
    for (int i = 0; i < soon.size(); i++) {
      soonSum += cost(soon.node(i));
    }
  }

  private double cost(int node) {
    int from = layout.physical(order.first[node]);
    return cost[from * couplings.qubits() + layout.physical(order.second[node])];
  }

  private void choose(int frontSize) {
    changes.tick();
    double nearShare = 1 / (taste.concave() ? Math.sqrt(frontSize) : frontSize);
    double soonShare = soon.size() == 0 ? 0 : LOOK_AHEAD_WEIGHT / soon.size();
    double base = nearSum * nearShare + soonSum * soonShare;
    double least = Double.POSITIVE_INFINITY;
    int ties = 0;
    for (int i = 0; i < near.activeCount(); i++) {
      int a = near.active(i);
      int from = layout.physical(a);
      for (int n = 0; n < couplings.degree(from); n++) {
        int to = couplings.neighbour(from, n);
        int b = layout.logical(to);
        if (to < from && near.size(b) > 0) {
          // Seen from the other side already, or to be.
          continue;
        }
        int edge = couplings.slot(from, n);
        refresh(edge, from, to, a, b);
        double score = base + nearChange[edge] * nearShare + soonChange[edge] * soonShare;
        if (lastNode[a] >= 0 && lastNode[a] == lastNode[b]) {
          score -= taste.merging() * order.saved(lastNode[a]);
        }
        score *= Math.max(decay[from], decay[to]);
        if (score < least - SAME) {
          least = score;
          ties = 1;
          best = edge;
          bestFrom = from;
          bestTo = to;
        } else if (score < least + SAME && random.nextInt(++ties) == 0) {
          best = edge;
          bestFrom = from;
          bestTo = to;
        }
      }
    }
  }

  private void refresh(int edge, int from, int to, int a, int b) {
    work++;
    if (changes.since(a, known[edge]) || changes.since(b, known[edge])) {
      nearChange[edge] = change(near, a, from, to, b) + change(near, b, to, from, a);
      PartnerLists later = soon.partners();
      soonChange[edge] = change(later, a, from, to, b) + change(later, b, to, from, a);
      known[edge] = changes.now();
    }
  }

  /// How much more the blocks of a qubit cost when it goes elsewhere.
  private double change(PartnerLists lists, int qubit, int from, int to, int other) {
    double change = 0;
    int rowFrom = from * couplings.qubits();
    int rowTo = to * couplings.qubits();
    work += lists.size(qubit) + 1;
    for (int i = 0; i < lists.size(qubit); i++) {
      int partner = lists.partner(qubit, i);
      if (partner != other) {
        int place = layout.physical(partner);
        change += cost[rowTo + place] - cost[rowFrom + place];
      }
    }
    return change;
  }
}
