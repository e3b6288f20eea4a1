package dev.reeve.quantum.compiler;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// Moves qubits until every two-qubit gate acts on neighbours: one pass of SABRE (Li, Ding and Xie
/// 2019), with the look-ahead of LightSABRE (Zou and others 2024). Deterministic for a random
/// source. Used once.
final class SabreRun {
  private static final int LOOK_AHEAD = 20;
  private static final double LOOK_AHEAD_WEIGHT = 0.5;
  private static final double DECAY_STEP = 0.001;
  private static final int DECAY_RESET = 5;
  private static final double SAME = 1e-10;

  private final PairGates gates;
  private final CouplingMap couplings;
  private final Layout layout;
  private final RandomGenerator random;
  private final int[] needs;

  /// Gates whose turn it is.
  private final int[] front;

  private int frontSize;

  /// The gate of the front on each qubit of the circuit; -1 for none.
  private final int[] waitingOn;

  private final int[] ahead = new int[LOOK_AHEAD];
  private int aheadSize;
  private final int[] seen;
  private int seenMark;
  private final int[] queue;
  private final double[] decay;
  private int sinceReset;
  private int swaps;

  /// Swaps since a gate was last carried out, to be taken back when they lead nowhere.
  private int fruitless;

  private final int swapsMax;

  /// What happened in order: a gate as its number, a swap as the complement of its two qubits.
  private int[] events = new int[64];

  private int eventCount;
  private final boolean recording;

  /// @param layout where the qubits are; moved along
  /// @param recording whether the events are kept
  /// @param swapsMax gives up with more, since another run was better
  SabreRun(
      PairGates gates,
      CouplingMap couplings,
      Layout layout,
      RandomGenerator random,
      boolean recording,
      int swapsMax) {
    this.gates = gates;
    this.couplings = couplings;
    this.layout = layout;
    this.random = random;
    this.recording = recording;
    this.swapsMax = swapsMax;
    this.needs = gates.needs();
    this.front = new int[couplings.qubits()];
    this.waitingOn = new int[layout.size()];
    this.seen = new int[gates.count()];
    this.queue = new int[gates.count()];
    this.decay = new double[couplings.qubits()];
    Arrays.fill(waitingOn, -1);
    Arrays.fill(decay, 1);
  }

  /// @return how many swaps it took; more than the bound when it gave up
  int run() {
    for (int gate = 0; gate < gates.count(); gate++) {
      if (needs[gate] == 0) {
        enter(gate);
      }
    }
    carryOut();
    while (frontSize > 0 && swaps <= swapsMax) {
      if (fruitless > 10 * couplings.qubits()) {
        bringNearestTogether();
      } else {
        swapBest();
      }
      carryOut();
    }
    return swaps;
  }

  int swaps() {
    return swaps;
  }

  Layout layout() {
    return layout;
  }

  /// See the field.
  int[] events() {
    return Arrays.copyOf(events, eventCount);
  }

  private void enter(int gate) {
    front[frontSize++] = gate;
    waitingOn[gates.first(gate)] = gate;
    waitingOn[gates.second(gate)] = gate;
  }

  private int distance(int gate) {
    return couplings.distance(
        layout.physical(gates.first(gate)), layout.physical(gates.second(gate)));
  }

  /// Carries out what can be, and what can be after that.
  private void carryOut() {
    boolean any = false;
    int i = 0;
    while (i < frontSize) {
      int gate = front[i];
      if (distance(gate) == 1) {
        any = true;
        record(gate);
        front[i] = front[--frontSize];
        waitingOn[gates.first(gate)] = -1;
        waitingOn[gates.second(gate)] = -1;
        for (int side = 0; side < 2; side++) {
          int next = gates.next(gate, side);
          if (next >= 0 && --needs[next] == 0) {
            enter(next);
          }
        }
        i = 0;
      } else {
        i++;
      }
    }
    if (any || aheadSize == 0) {
      fruitless = 0;
      resetDecay();
      lookAhead();
    }
  }

  private void resetDecay() {
    sinceReset = 0;
    Arrays.fill(decay, 1);
  }

  /// The gates that come next after the front, breadth first.
  private void lookAhead() {
    aheadSize = 0;
    seenMark++;
    int head = 0;
    int tail = 0;
    for (int i = 0; i < frontSize; i++) {
      queue[tail++] = front[i];
    }
    while (head < tail && aheadSize < LOOK_AHEAD) {
      int gate = queue[head++];
      for (int side = 0; side < 2; side++) {
        int next = gates.next(gate, side);
        if (next >= 0 && seen[next] != seenMark && aheadSize < LOOK_AHEAD) {
          seen[next] = seenMark;
          ahead[aheadSize++] = next;
          queue[tail++] = next;
        }
      }
    }
  }

  private void swapBest() {
    double best = Double.POSITIVE_INFINITY;
    int chosenFirst = -1;
    int chosenSecond = -1;
    int ties = 0;
    int base = 0;
    for (int i = 0; i < frontSize; i++) {
      base += distance(front[i]);
    }
    for (int i = 0; i < 2 * frontSize; i++) {
      int gate = front[i / 2];
      int from = layout.physical(i % 2 == 0 ? gates.first(gate) : gates.second(gate));
      for (int n = 0; n < couplings.degree(from); n++) {
        int to = couplings.neighbour(from, n);
        if (to < from && waitingOn[layout.logical(to)] >= 0) {
          // Seen from the other side already, or to be.
          continue;
        }
        double score = score(from, to, base);
        if (score < best - SAME) {
          best = score;
          chosenFirst = from;
          chosenSecond = to;
          ties = 1;
        } else if (score < best + SAME && random.nextInt(++ties) == 0) {
          chosenFirst = from;
          chosenSecond = to;
        }
      }
    }
    swap(chosenFirst, chosenSecond);
    if (++sinceReset >= DECAY_RESET) {
      resetDecay();
    } else {
      decay[chosenFirst] += DECAY_STEP;
      decay[chosenSecond] += DECAY_STEP;
    }
  }

  /// How far apart the next gates would be after a swap; less is better.
  private double score(int from, int to, int base) {
    int a = layout.logical(from);
    int b = layout.logical(to);
    int near = base + change(waitingOn[a], a, to, b) + change(waitingOn[b], b, from, a);
    double score = (double) near / frontSize;
    if (aheadSize > 0) {
      int far = 0;
      for (int i = 0; i < aheadSize; i++) {
        int gate = ahead[i];
        far +=
            couplings.distance(
                after(gates.first(gate), a, to, b, from),
                after(gates.second(gate), a, to, b, from));
      }
      score += LOOK_AHEAD_WEIGHT * far / aheadSize;
    }
    return score * Math.max(decay[from], decay[to]);
  }

  /// How much further apart a gate of the front comes when one of its qubits goes to another place.
  private int change(int gate, int moved, int to, int other) {
    if (gate < 0) {
      return 0;
    }
    int partner = gates.first(gate) == moved ? gates.second(gate) : gates.first(gate);
    return partner == other ? 0 : couplings.distance(to, layout.physical(partner)) - distance(gate);
  }

  private int after(int qubit, int a, int placeOfA, int b, int placeOfB) {
    return qubit == a ? placeOfA : qubit == b ? placeOfB : layout.physical(qubit);
  }

  private void swap(int first, int second) {
    layout.swap(first, second);
    swaps++;
    fruitless++;
    record(~(first * couplings.qubits() + second));
  }

  /// Out of a circle: the nearest gate of the front is brought together, whatever it costs.
  private void bringNearestTogether() {
    int nearest = front[0];
    for (int i = 1; i < frontSize; i++) {
      nearest = distance(front[i]) < distance(nearest) ? front[i] : nearest;
    }
    while (distance(nearest) > 1) {
      int from = layout.physical(gates.first(nearest));
      int goal = layout.physical(gates.second(nearest));
      for (int n = 0; n < couplings.degree(from); n++) {
        int to = couplings.neighbour(from, n);
        if (couplings.distance(to, goal) < couplings.distance(from, goal)) {
          swap(from, to);
          break;
        }
      }
    }
  }

  private void record(int event) {
    if (recording) {
      if (eventCount == events.length) {
        events = Arrays.copyOf(events, 2 * eventCount);
      }
      events[eventCount++] = event;
    }
  }
}
