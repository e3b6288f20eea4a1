package dev.reeve.quantum.compiler;

import dev.reeve.base.Check;
import dev.reeve.quantum.simulator.Checkpoint;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.random.RandomGenerator;

/// Moves qubits until every block acts on neighbours: one pass of SABRE (Li, Ding and Xie 2019),
/// scored by differences as LightSABRE does (Zou and others 2024), over blocks that may change
/// places where they commute. Deterministic for a random source. Used once.
final class SabreRun {

  /// Flips that a step of a block costs: swaps serve several blocks.
  private static final double STEP = 1;

  /// A swap takes up to some tens of microseconds.
  private static final int SWAPS_BETWEEN_CHECKPOINTS = 32;

  /// How a run weighs what it sees.
  ///
  /// @param lookAhead how many blocks after the front are seen
  /// @param concave whether what is near counts more than what is far: for many blocks that may
  ///   come in any order
  /// @param merging what a swap is worth that becomes one with the block before it
  /// @param mirrored whether swaps are made that cost nothing, where [FreeSwap] says so
  record Taste(int lookAhead, boolean concave, double merging, boolean mirrored) {}

  private final PairOrder order;
  private final CouplingMap couplings;
  private final Layout layout;
  private final Taste taste;
  private final double[] cost;

  /// By qubit of the circuit: the group it has got to, and how many blocks of it are left.
  private final int[] group;

  private final int[] left;

  /// Blocks whose turn it is.
  private int[] front = new int[16];

  private int frontSize;

  /// By qubit of the circuit: its blocks of the front.
  private final PartnerLists near;

  private final LookAhead soon;
  private final SwapChooser chooser;
  private final Changes changes;

  /// By qubit of the circuit: the last block on it; -1 for none, or after a swap.
  private final int[] lastNode;

  /// By barrier: how many of its qubits have got there.
  private final int[] arrived;

  /// Qubits that go on to their next group: those of barriers that are through.
  private final Deque<Integer> released = new ArrayDeque<>();

  private final FreeSwap freeSwap;
  private int done;
  private int swaps;
  private int saved;
  private int fruitless;
  private final int costMax;
  private final Checkpoint checkpoint;

  /// What happened in order: a block as its number, a barrier as its own after those of all blocks,
  /// a swap as the complement of its two qubits.
  private int[] events = new int[64];

  private int eventCount;

  /// @param layout where the qubits are; moved along
  /// @param cost of two qubits of the device that a block waits for, by both
  /// @param costMax gives up beyond, since another run was better
  /// @param checkpoint passed after some swaps
  SabreRun(
      PairOrder order,
      CouplingMap couplings,
      Layout layout,
      RandomGenerator random,
      Taste taste,
      double[] cost,
      int costMax,
      Checkpoint checkpoint) {
    int size = couplings.qubits();
    this.order = order;
    this.couplings = couplings;
    this.layout = layout;
    this.taste = taste;
    this.cost = cost;
    this.costMax = costMax;
    this.checkpoint = checkpoint;
    this.group = new int[size];
    this.left = new int[size];
    this.near = new PartnerLists(size);
    this.changes = new Changes(size);
    this.soon = new LookAhead(order, size, taste.lookAhead(), changes);
    this.freeSwap = new FreeSwap(order, layout, group, cost);
    this.arrived = new int[order.barriers.length];
    this.lastNode = new int[size];
    Arrays.fill(lastNode, -1);
    this.chooser =
        new SwapChooser(
            order, couplings, layout, random, taste, cost, near, soon, lastNode, changes);
  }

  /// @return what it cost; more than the bound when it gave up
  int run() {
    start();
    advance(order.count);
    return cost();
  }

  /// Goes on until so many blocks are done, all of them, or the bound is passed.
  void advance(int blocks) {
    while (frontSize > 0 && done < blocks && cost() <= costMax) {
      if (swaps % SWAPS_BETWEEN_CHECKPOINTS == 0) {
        checkpoint.pass();
      }
      if (fruitless > 10 * couplings.qubits()) {
        bringNearestTogether();
      } else {
        chooser.swapBest(this, front, frontSize);
      }
      carryOut();
    }
  }

  /// The same with swaps that are known already.
  int run(int[] script) {
    start();
    for (int swap : script) {
      swap(swap / couplings.qubits(), swap % couplings.qubits());
      carryOut();
    }
    Check.state(frontSize == 0, "blocks are left after %d swaps", swaps);
    return cost();
  }

  /// A run that stands where this one does, and goes on by itself.
  SabreRun fork(RandomGenerator other) {
    SabreRun fork =
        new SabreRun(order, couplings, layout.copy(), other, taste, cost, costMax, checkpoint);
    System.arraycopy(group, 0, fork.group, 0, group.length);
    System.arraycopy(left, 0, fork.left, 0, left.length);
    System.arraycopy(arrived, 0, fork.arrived, 0, arrived.length);
    System.arraycopy(lastNode, 0, fork.lastNode, 0, lastNode.length);
    for (int i = 0; i < frontSize; i++) {
      fork.enter(front[i]);
    }
    fork.soon.fill(fork.front, frontSize);
    fork.chooser.copyDecay(chooser);
    fork.fruitless = fruitless;
    fork.done = done;
    fork.swaps = swaps;
    fork.saved = saved;
    fork.events = events.clone();
    fork.eventCount = eventCount;
    return fork;
  }

  /// Before the first swap: carries out what can be at once.
  void start() {
    for (int qubit = 0; qubit < group.length; qubit++) {
      left[qubit] = order.members[qubit].length > 0 ? order.members[qubit][0].length : 0;
    }
    for (int node = 0; node < order.count; node++) {
      if (isReady(node)) {
        enter(node);
      }
    }
    for (int qubit = 0; qubit < group.length; qubit++) {
      if (order.barrier(qubit, 0) != PairOrder.NONE) {
        arrive(order.barrier(qubit, 0));
      }
    }
    release();
    carryOut();
  }

  /// Looks at blocks, for budgets.
  long work() {
    return chooser.work();
  }

  /// Controlled flips put in: three a swap, fewer where it becomes one with a block.
  int cost() {
    return 3 * swaps - saved;
  }

  /// What it will have cost once the blocks that come next are done, as far as it can be seen; for
  /// runs that have got equally far.
  double outlook() {
    double apart = 0;
    for (int i = 0; i < frontSize; i++) {
      apart += distance(front[i]) - 1;
    }
    for (int i = 0; i < soon.size(); i++) {
      apart += distance(soon.node(i)) - 1;
    }
    return cost() + STEP * apart;
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

  private boolean isReady(int node) {
    return group[order.first[node]] == order.firstGroup[node]
        && group[order.second[node]] == order.secondGroup[node];
  }

  private void enter(int node) {
    if (frontSize == front.length) {
      front = Arrays.copyOf(front, 2 * frontSize);
    }
    front[frontSize++] = node;
    near.add(order.first[node], order.second[node]);
    near.add(order.second[node], order.first[node]);
    changes.changed(order.first[node]);
    changes.changed(order.second[node]);
  }

  private int distance(int node) {
    return couplings.distance(
        layout.physical(order.first[node]), layout.physical(order.second[node]));
  }

  /// Carries out what can be, and what can be after that.
  private void carryOut() {
    boolean any = false;
    int i = 0;
    while (i < frontSize) {
      int node = front[i];
      if (distance(node) == 1) {
        any = true;
        record(node);
        done++;
        front[i] = front[--frontSize];
        int a = order.first[node];
        int b = order.second[node];
        near.remove(a, b);
        near.remove(b, a);
        changes.changed(a);
        changes.changed(b);
        lastNode[a] = node;
        lastNode[b] = node;
        passed(a);
        passed(b);
        if (taste.mirrored() && order.saved(node) == 3 && freeSwap.helps(a, b)) {
          swap(layout.physical(a), layout.physical(b));
        }
        i = 0;
      } else {
        i++;
      }
    }
    if (any || soon.size() == 0) {
      fruitless = 0;
      chooser.reset();
      soon.fill(front, frontSize);
    }
  }

  private void passed(int qubit) {
    if (--left[qubit] == 0) {
      goOn(qubit);
      release();
    }
  }

  private void goOn(int qubit) {
    int next = ++group[qubit];
    int barrier = order.barrier(qubit, next);
    if (barrier != PairOrder.NONE) {
      arrive(barrier);
    } else if (next < order.members[qubit].length) {
      int[] nodes = order.members[qubit][next];
      left[qubit] = nodes.length;
      for (int node : nodes) {
        int partner = order.partner(node, qubit);
        if (group[partner] == order.group(node, partner)) {
          enter(node);
        }
      }
    }
  }

  private void arrive(int barrier) {
    int[] qubits = order.barriers[barrier];
    if (++arrived[barrier] == qubits.length) {
      record(order.count + barrier);
      for (int qubit : qubits) {
        released.add(qubit);
      }
    }
  }

  private void release() {
    while (!released.isEmpty()) {
      goOn(released.remove());
    }
  }

  /// Exchanges two qubits of the device.
  void swap(int first, int second) {
    int a = layout.logical(first);
    int b = layout.logical(second);
    if (lastNode[a] >= 0 && lastNode[a] == lastNode[b]) {
      saved += order.saved(lastNode[a]);
    }
    lastNode[a] = -1;
    lastNode[b] = -1;
    layout.swap(first, second);
    chooser.moved(a, b);
    swaps++;
    fruitless++;
    record(~(first * couplings.qubits() + second));
  }

  /// Out of a circle: the nearest block of the front is brought together, whatever it costs.
  private void bringNearestTogether() {
    int nearest = front[0];
    for (int i = 1; i < frontSize; i++) {
      nearest = distance(front[i]) < distance(nearest) ? front[i] : nearest;
    }
    while (distance(nearest) > 1) {
      int from = layout.physical(order.first[nearest]);
      int goal = layout.physical(order.second[nearest]);
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
    if (eventCount == events.length) {
      events = Arrays.copyOf(events, 2 * eventCount);
    }
    events[eventCount++] = event;
  }
}
