package dev.reeve.quantum.compiler;

import dev.reeve.quantum.SplitMix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Routes by keeping the most promising states after each number of swaps, in place of one. A state
/// is judged by the blocks that are left and by how far apart the next ones are. Slower than
/// [SabreRun] by the number of states, and finds fewer swaps on small devices. Deterministic. Used
/// once.
final class BeamSearch {
  private static final int WINDOW = 40;

  /// What a block that is left weighs: more than it can gain by waiting.
  private static final double LEFT_WEIGHT = 1.2;

  /// What a step too far weighs for the first block after the front, and how that fades.
  private static final double AHEAD_WEIGHT = 0.5;

  private static final double FADING = 0.93;

  /// Swaps tried in each state.
  private static final int CHILDREN = 6;

  private final PairOrder order;
  private final CouplingMap couplings;
  private final int qubits;
  private final int width;
  private final long[] names;

  /// The next blocks of the state that is looked at, front first, and what each weighs.
  private final int[] window = new int[WINDOW];

  private final double[] weights = new double[WINDOW];
  private int windowSize;
  private int frontSize;
  private final int[] seen;
  private int seenMark;

  /// Qubits that are to be followed.
  private int[] turn = new int[16];

  private int turns;

  /// States that were kept once: a beam does not go in circles.
  private final Set<Long> known = new HashSet<>();

  /// Where everything is after some swaps.
  private static final class State {
    private final int[] place;
    private final int[] held;
    private final int[] position;
    private int left;
    private double score;
    private long hash;
    private final @Nullable State parent;
    private final int swap;

    State(int[] place, int[] held, int[] position, int left, @Nullable State parent, int swap) {
      this.place = place;
      this.held = held;
      this.position = position;
      this.left = left;
      this.parent = parent;
      this.swap = swap;
    }
  }

  /// A swap that may be made in a state.
  private record Move(State from, int first, int second, double score) {}

  BeamSearch(PairOrder order, CouplingMap couplings, int width, long seed) {
    this.order = order;
    this.couplings = couplings;
    this.qubits = couplings.qubits();
    this.width = width;
    this.seen = new int[order.count];
    this.names = new long[qubits * qubits + qubits];
    SplitMix random = new SplitMix(seed);
    Arrays.setAll(names, _ -> random.nextLong());
  }

  /// @param swapsMax gives up beyond
  /// @return the swaps, each as `first * qubits + second`; empty when more are needed
  Optional<int[]> swaps(Layout start, int swapsMax) {
    int[] place = start.places(qubits);
    int[] held = new int[qubits];
    for (int i = 0; i < qubits; i++) {
      held[place[i]] = i;
    }
    State first = new State(place, held, new int[qubits], order.count, null, -1);
    for (int qubit = 0; qubit < qubits; qubit++) {
      follow(first, qubit);
    }
    judge(first);
    List<State> beam = List.of(first);
    for (int swaps = 0; swaps <= swapsMax; swaps++) {
      for (State state : beam) {
        if (state.left == 0) {
          return Optional.of(path(state, swaps));
        }
      }
      beam = next(beam);
      if (beam.isEmpty()) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static int[] path(State end, int count) {
    int[] swaps = new int[count];
    State state = end;
    for (int i = count - 1; i >= 0; i--) {
      swaps[i] = state.swap;
      state = Objects.requireNonNull(state.parent);
    }
    return swaps;
  }

  private List<State> next(List<State> beam) {
    List<State> children = new ArrayList<>();
    List<Move> moves = new ArrayList<>();
    for (State state : beam) {
      moves.clear();
      look(state);
      moves(state, moves);
      moves.sort(Comparator.comparingDouble(Move::score));
      for (Move move : moves.subList(0, Math.min(CHILDREN, moves.size()))) {
        children.add(made(move));
      }
    }
    for (State child : children) {
      judge(child);
    }
    children.sort(Comparator.comparingDouble((State s) -> s.score).thenComparingLong(s -> s.hash));
    List<State> kept = new ArrayList<>(width);
    for (State child : children) {
      if (kept.size() == width) {
        break;
      }
      if (known.add(child.hash)) {
        kept.add(child);
      }
    }
    return kept;
  }

  private State made(Move move) {
    State from = move.from;
    int[] place = from.place.clone();
    int[] held = from.held.clone();
    int a = held[move.first];
    int b = held[move.second];
    held[move.first] = b;
    held[move.second] = a;
    place[a] = move.second;
    place[b] = move.first;
    State child =
        new State(
            place, held, from.position.clone(), from.left, from, move.first * qubits + move.second);
    follow(child, a);
    follow(child, b);
    long hash = 0;
    for (int i = 0; i < qubits; i++) {
      hash ^= names[i * qubits + place[i]];
      hash += names[qubits * qubits + i] * child.position[i];
    }
    child.hash = hash;
    return child;
  }

  /// Carries out what can be on a qubit, and what follows from that.
  private void follow(State state, int first) {
    later(first);
    while (turns > 0) {
      int qubit = turn[--turns];
      boolean went = true;
      while (went) {
        went = carriesOut(state, qubit) || passes(state, qubit);
      }
    }
  }

  private void later(int qubit) {
    if (turns == turn.length) {
      turn = Arrays.copyOf(turn, 2 * turns);
    }
    turn[turns++] = qubit;
  }

  private boolean carriesOut(State state, int qubit) {
    int node = nodeAt(state, qubit);
    if (node < 0) {
      return false;
    }
    int partner = order.partner(node, qubit);
    if (state.position[partner] != order.group(node, partner)
        || couplings.distance(state.place[qubit], state.place[partner]) != 1) {
      return false;
    }
    state.position[qubit]++;
    state.position[partner]++;
    state.left--;
    later(partner);
    return true;
  }

  /// Goes past a barrier that all its qubits have got to.
  private boolean passes(State state, int qubit) {
    int barrier = order.barrier(qubit, state.position[qubit]);
    if (barrier == PairOrder.NONE) {
      return false;
    }
    for (int other : order.barriers[barrier]) {
      if (order.barrier(other, state.position[other]) != barrier) {
        return false;
      }
    }
    for (int other : order.barriers[barrier]) {
      state.position[other]++;
      later(other);
    }
    return true;
  }

  /// -1 at the end, and at a barrier.
  private int nodeAt(State state, int qubit) {
    int[][] members = order.members[qubit];
    int position = state.position[qubit];
    return position < members.length && members[position].length > 0 ? members[position][0] : -1;
  }

  /// Fills the window.
  private void look(State state) {
    seenMark++;
    windowSize = 0;
    for (int qubit = 0; qubit < qubits && windowSize < WINDOW; qubit++) {
      int node = nodeAt(state, qubit);
      if (node >= 0
          && order.first[node] == qubit
          && state.position[order.second[node]] == order.secondGroup[node]) {
        seen[node] = seenMark;
        weights[windowSize] = 1;
        window[windowSize++] = node;
      }
    }
    frontSize = windowSize;
    double weight = AHEAD_WEIGHT;
    for (int head = 0; head < windowSize && windowSize < WINDOW; head++) {
      int node = window[head];
      for (int side = 0; side < 2; side++) {
        int qubit = side == 0 ? order.first[node] : order.second[node];
        int group =
            order.after(qubit, side == 0 ? order.firstGroup[node] : order.secondGroup[node]);
        if (group < order.members[qubit].length
            && order.members[qubit][group].length > 0
            && windowSize < WINDOW) {
          int next = order.members[qubit][group][0];
          if (seen[next] != seenMark) {
            seen[next] = seenMark;
            weights[windowSize] = weight;
            window[windowSize++] = next;
            weight *= FADING;
          }
        }
      }
    }
  }

  private void judge(State state) {
    look(state);
    double sum = 0;
    for (int i = 0; i < windowSize; i++) {
      sum += weights[i] * (distance(state, window[i]) - 1);
    }
    state.score = LEFT_WEIGHT * state.left + sum;
  }

  private int distance(State state, int node) {
    return couplings.distance(state.place[order.first[node]], state.place[order.second[node]]);
  }

  private void moves(State state, List<Move> moves) {
    for (int i = 0; i < frontSize; i++) {
      for (int side = 0; side < 2; side++) {
        int qubit = side == 0 ? order.first[window[i]] : order.second[window[i]];
        int from = state.place[qubit];
        for (int n = 0; n < couplings.degree(from); n++) {
          int to = couplings.neighbour(from, n);
          if (to > from || !isFront(state, state.held[to])) {
            moves.add(new Move(state, from, to, change(state, from, to)));
          }
        }
      }
    }
  }

  private boolean isFront(State state, int qubit) {
    int node = nodeAt(state, qubit);
    return node >= 0
        && state.position[order.first[node]] == order.firstGroup[node]
        && state.position[order.second[node]] == order.secondGroup[node];
  }

  private double change(State state, int from, int to) {
    int a = state.held[from];
    int b = state.held[to];
    double sum = 0;
    for (int i = 0; i < windowSize; i++) {
      int node = window[i];
      int first = order.first[node];
      int second = order.second[node];
      if (first == a || first == b || second == a || second == b) {
        int after =
            couplings.distance(after(state, first, a, from, to), after(state, second, a, from, to));
        sum += weights[i] * (after - distance(state, node));
      }
    }
    return sum;
  }

  private static int after(State state, int qubit, int a, int from, int to) {
    int place = state.place[qubit];
    return qubit == a ? to : place == to ? from : place;
  }
}
