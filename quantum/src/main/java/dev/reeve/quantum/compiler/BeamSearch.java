package dev.reeve.quantum.compiler;

import dev.reeve.quantum.SplitMix;
import dev.reeve.quantum.simulator.Checkpoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Routes by keeping the most promising states after each number of swaps, in place of one. A state
/// is judged by the blocks that are left and by how far apart the next ones are. Slower than
/// [SabreRun] by the number of states, and finds fewer swaps on small devices. Deterministic. Used
/// once.
final class BeamSearch {
  /// Swaps tried in each state.
  private static final int CHILDREN = 6;

  private static final int WINDOW = BeamStates.WINDOW;

  /// What a block that is left weighs: more than it can gain by waiting.
  private static final double LEFT_WEIGHT = 1.2;

  /// What a step too far weighs for the first block after the front, and how that fades.
  private static final double AHEAD_WEIGHT = 0.5;

  private static final double FADING = 0.93;

  private final PairOrder order;
  private final CouplingMap couplings;
  private final Checkpoint checkpoint;
  private final int qubits;
  private final int width;
  private final long[] names;

  /// By qubit and group: its block, -1 for a barrier and past the end.
  private final int[][] nodeAt;

  /// By block and side: the block after it, -1 for none.
  private final int[] nextNode;

  /// By place after the front.
  private final double[] fading = new double[WINDOW];

  private final int[] seen;
  private int seenMark;

  /// The best swaps of the state that is looked at, best first: from where to where.
  private final int[] moveFrom = new int[CHILDREN];

  private final int[] moveTo = new int[CHILDREN];
  private final double[] moveScore = new double[CHILDREN];
  private int moves;

  /// Qubits that are to be followed.
  private int[] turn = new int[16];

  private int turns;

  /// States that were kept once: a beam does not go in circles.
  private final KnownNames known = new KnownNames();

  /// The states of this step, which of them are kept, and those of the next one.
  private BeamStates states;

  private int[] beam;
  private int beamSize;
  private BeamStates children;
  private int[] nextBeam;
  private final BestFirst bestFirst;
  private long work;

  /// @param width states that are kept
  /// @param checkpoint passed at each step
  BeamSearch(PairOrder order, CouplingMap couplings, int width, long seed, Checkpoint checkpoint) {
    this.order = order;
    this.couplings = couplings;
    this.checkpoint = checkpoint;
    this.qubits = couplings.qubits();
    this.width = width;
    this.seen = new int[order.count];
    this.names = new long[qubits * qubits + qubits];
    SplitMix random = new SplitMix(seed);
    Arrays.setAll(names, _ -> random.nextLong());
    this.nodeAt = new int[qubits][];
    this.nextNode = new int[2 * order.count];
    list();
    double weight = AHEAD_WEIGHT;
    for (int i = 0; i < WINDOW; i++) {
      fading[i] = weight;
      weight *= FADING;
    }
    this.states = new BeamStates(CHILDREN * width, qubits);
    this.children = new BeamStates(CHILDREN * width, qubits);
    this.beam = new int[width];
    this.nextBeam = new int[width];
    this.bestFirst = new BestFirst(CHILDREN * width);
  }

  private void list() {
    for (int qubit = 0; qubit < qubits; qubit++) {
      int[][] members = order.members[qubit];
      nodeAt[qubit] = new int[members.length + 2];
      Arrays.fill(nodeAt[qubit], -1);
      for (int group = 0; group < members.length; group++) {
        nodeAt[qubit][group] = members[group].length > 0 ? members[group][0] : -1;
      }
    }
    for (int node = 0; node < order.count; node++) {
      int a = order.first[node];
      int b = order.second[node];
      nextNode[2 * node] = nodeAt[a][order.after(a, order.firstGroup[node])];
      nextNode[2 * node + 1] = nodeAt[b][order.after(b, order.secondGroup[node])];
    }
  }

  /// Looks at blocks that a search takes, at most.
  ///
  /// @param swaps that it makes
  static long workOf(int swaps, int width) {
    return (long) swaps * width * CHILDREN * WINDOW;
  }

  /// @param swapsMax gives up beyond
  /// @param workMax looks at blocks; gives up beyond
  /// @return the swaps, each as `first * qubits + second`; empty when more are needed
  Optional<int[]> swaps(Layout start, int swapsMax, long workMax) {
    first(start);
    // By step: for each state that was kept, the one it comes from, and by which swap.
    List<int[]> steps = new ArrayList<>();
    while (steps.size() <= swapsMax && work <= workMax && beamSize > 0) {
      for (int rank = 0; rank < beamSize; rank++) {
        if (states.left[beam[rank]] == 0) {
          return Optional.of(path(steps, rank));
        }
      }
      checkpoint.pass();
      steps.add(next());
    }
    return Optional.empty();
  }

  private void first(Layout start) {
    for (int qubit = 0; qubit < qubits; qubit++) {
      states.place[qubit] = start.physical(qubit);
      states.held[start.physical(qubit)] = qubit;
    }
    states.left[0] = order.count;
    for (int qubit = 0; qubit < qubits; qubit++) {
      follow(states, 0, qubit);
    }
    judge(states, 0);
    beam[0] = 0;
    beamSize = 1;
  }

  private static int[] path(List<int[]> steps, int end) {
    int[] swaps = new int[steps.size()];
    int rank = end;
    for (int i = swaps.length - 1; i >= 0; i--) {
      swaps[i] = steps.get(i)[2 * rank + 1];
      rank = steps.get(i)[2 * rank];
    }
    return swaps;
  }

  private int[] next() {
    int count = 0;
    for (int rank = 0; rank < beamSize; rank++) {
      int slot = beam[rank];
      chooseMoves(slot);
      for (int i = 0; i < moves; i++) {
        make(slot, moveFrom[i], moveTo[i], count);
        children.parent[count] = rank;
        judge(children, count++);
      }
    }
    bestFirst.fill(children, count);
    int kept = 0;
    while (kept < width && !bestFirst.isEmpty()) {
      int slot = bestFirst.next(children);
      if (known.add(children.hash[slot])) {
        nextBeam[kept++] = slot;
      }
    }
    int[] step = new int[2 * kept];
    for (int i = 0; i < kept; i++) {
      step[2 * i] = children.parent[nextBeam[i]];
      step[2 * i + 1] = children.swap[nextBeam[i]];
    }
    BeamStates before = states;
    states = children;
    children = before;
    int[] beamBefore = beam;
    beam = nextBeam;
    nextBeam = beamBefore;
    beamSize = kept;
    return step;
  }

  private void make(int from, int first, int second, int slot) {
    int base = slot * qubits;
    children.copy(slot, states, from);
    int a = children.held[base + first];
    int b = children.held[base + second];
    children.exchange(slot, first, second);
    children.swap[slot] = first * qubits + second;
    follow(children, slot, a);
    follow(children, slot, b);
    long hash = 0;
    for (int i = 0; i < qubits; i++) {
      hash ^= names[i * qubits + children.place[base + i]];
      hash += names[qubits * qubits + i] * children.position[base + i];
    }
    children.hash[slot] = hash;
  }

  /// Carries out what can be on a qubit, and what follows from that.
  private void follow(BeamStates in, int slot, int first) {
    later(first);
    while (turns > 0) {
      int qubit = turn[--turns];
      boolean went = true;
      while (went) {
        went = carriesOut(in, slot, qubit) || passes(in, slot * qubits, qubit);
      }
    }
  }

  private void later(int qubit) {
    if (turns == turn.length) {
      turn = Arrays.copyOf(turn, 2 * turns);
    }
    turn[turns++] = qubit;
  }

  private boolean carriesOut(BeamStates in, int slot, int qubit) {
    int base = slot * qubits;
    int node = nodeAt(in, base, qubit);
    if (node < 0) {
      return false;
    }
    int partner = order.partner(node, qubit);
    if (in.position[base + partner] != order.group(node, partner)
        || couplings.distance(in.place[base + qubit], in.place[base + partner]) != 1) {
      return false;
    }
    in.position[base + qubit]++;
    in.position[base + partner]++;
    in.left[slot]--;
    later(partner);
    return true;
  }

  /// Goes past a barrier that all its qubits have got to.
  private boolean passes(BeamStates in, int base, int qubit) {
    int barrier = order.barrier(qubit, in.position[base + qubit]);
    if (barrier == PairOrder.NONE) {
      return false;
    }
    for (int other : order.barriers[barrier]) {
      if (order.barrier(other, in.position[base + other]) != barrier) {
        return false;
      }
    }
    for (int other : order.barriers[barrier]) {
      in.position[base + other]++;
      later(other);
    }
    return true;
  }

  /// -1 at the end, and at a barrier.
  private int nodeAt(BeamStates in, int base, int qubit) {
    return nodeAt[qubit][in.position[base + qubit]];
  }

  /// Fills the window of a state, and says what it is worth.
  private void judge(BeamStates in, int slot) {
    seenMark++;
    int base = slot * qubits;
    int blocks = slot * WINDOW;
    int size = 0;
    double sum = 0;
    for (int qubit = 0; qubit < qubits && size < WINDOW; qubit++) {
      int node = nodeAt(in, base, qubit);
      if (node >= 0
          && order.first[node] == qubit
          && in.position[base + order.second[node]] == order.secondGroup[node]) {
        seen[node] = seenMark;
        in.window[blocks + size++] = node;
        sum += distance(in, base, node) - 1;
      }
    }
    int front = size;
    for (int head = 0; head < size && size < WINDOW; head++) {
      int node = in.window[blocks + head];
      for (int side = 0; side < 2 && size < WINDOW; side++) {
        int next = nextNode[2 * node + side];
        if (next >= 0 && seen[next] != seenMark) {
          seen[next] = seenMark;
          sum += fading[size - front] * (distance(in, base, next) - 1);
          in.window[blocks + size++] = next;
        }
      }
    }
    work += size;
    in.windowSize[slot] = size;
    in.frontSize[slot] = front;
    in.score[slot] = LEFT_WEIGHT * in.left[slot] + sum;
  }

  private int distance(BeamStates in, int base, int node) {
    return couplings.distance(
        in.place[base + order.first[node]], in.place[base + order.second[node]]);
  }

  /// Finds the best swaps of a state.
  private void chooseMoves(int slot) {
    moves = 0;
    int base = slot * qubits;
    for (int i = 0; i < states.frontSize[slot]; i++) {
      int node = states.window[slot * WINDOW + i];
      for (int side = 0; side < 2; side++) {
        int qubit = side == 0 ? order.first[node] : order.second[node];
        int from = states.place[base + qubit];
        for (int n = 0; n < couplings.degree(from); n++) {
          int to = couplings.neighbour(from, n);
          if (to > from || !isFront(base, states.held[base + to])) {
            consider(from, to, change(slot, from, to));
          }
        }
      }
    }
  }

  /// Keeps a swap when it is among the best; of equals the one that came first.
  private void consider(int from, int to, double score) {
    if (moves == CHILDREN && score >= moveScore[CHILDREN - 1]) {
      return;
    }
    int at = moves < CHILDREN ? moves++ : CHILDREN - 1;
    while (at > 0 && score < moveScore[at - 1]) {
      moveFrom[at] = moveFrom[at - 1];
      moveTo[at] = moveTo[at - 1];
      moveScore[at] = moveScore[at - 1];
      at--;
    }
    moveFrom[at] = from;
    moveTo[at] = to;
    moveScore[at] = score;
  }

  private boolean isFront(int base, int qubit) {
    int node = nodeAt(states, base, qubit);
    return node >= 0
        && states.position[base + order.first[node]] == order.firstGroup[node]
        && states.position[base + order.second[node]] == order.secondGroup[node];
  }

  private double change(int slot, int from, int to) {
    int base = slot * qubits;
    int a = states.held[base + from];
    int b = states.held[base + to];
    int front = states.frontSize[slot];
    double sum = 0;
    for (int i = 0; i < states.windowSize[slot]; i++) {
      int node = states.window[slot * WINDOW + i];
      int first = order.first[node];
      int second = order.second[node];
      if (first == a || first == b || second == a || second == b) {
        int after =
            couplings.distance(
                after(states.place[base + first], from, to),
                after(states.place[base + second], from, to));
        double weight = i < front ? 1 : fading[i - front];
        sum += weight * (after - distance(states, base, node));
      }
    }
    return sum;
  }

  private static int after(int place, int from, int to) {
    return place == from ? to : place == to ? from : place;
  }
}
