package dev.reeve.quantum.simulator;

import dev.reeve.quantum.Operation;
import dev.reeve.quantum.SplitMix;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// Runs all shots of a plan at once, as a tree. Shots that have seen the same outcomes share one
/// state; at a measurement they part by a binomial draw, and only sides that got a shot are
/// followed, one after the other. A circuit without mid-circuit measurement is a tree of one
/// branch, and the cost of any other is that of its different histories, never more than the shots.
///
/// The side left for later keeps a copy of the state while there is room for copies. Without room
/// it keeps its outcomes only and is replayed from the start, which draws nothing, so that the
/// counts do not depend on memory.
final class ShotTree {
  /// Probabilities nearer than this to 0 or 1 are certain: the difference is rounding.
  private static final double CERTAIN = 1e-12;

  private static final int COPIES_MAX = 64;
  private static final boolean[] NOTHING = {};

  private final Plan plan;
  private final StateVectorFactory factory;
  private final Checkpoint checkpoint;
  private final SplitMix random;
  private final Tally tally;
  private final Progress progress;
  private final int shots;
  private final boolean exact;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private int copiesLeft;
  private int shotsDone;
  private boolean[] replay = NOTHING;
  private int replayed;
  private Optional<SortedMap<String, Double>> probabilities = Optional.empty();

  ShotTree(
      Plan plan,
      StateVectorFactory factory,
      RunOptions options,
      Checkpoint checkpoint,
      Progress progress) {
    this.plan = plan;
    this.factory = factory;
    this.checkpoint = checkpoint;
    this.progress = progress;
    this.shots = options.shots();
    this.exact = options.probabilities();
    this.random = new SplitMix(options.seed());
    this.tally = new Tally(plan.layout(), plan.tail(), options.outcomeBytesMax());
    long room = options.memoryBytesMax() / factory.bytes(plan.qubits()) - 1;
    this.copiesLeft = Math.clamp(room, 0, COPIES_MAX);
  }

  /// A side that was left for later: with its branch if there was room, else with what it drew.
  private record Waiting(@Nullable Branch branch, int shots, @Nullable History history) {}

  void run() {
    try {
      waiting.push(new Waiting(null, shots, null));
      while (!waiting.isEmpty()) {
        follow(waiting.pop());
      }
    } finally {
      for (Waiting side : waiting) {
        if (side.branch != null) {
          side.branch.close();
        }
      }
    }
    progress.done();
  }

  SortedMap<String, Long> counts() {
    return tally.counts();
  }

  Optional<SortedMap<String, Double>> probabilities() {
    return probabilities;
  }

  private void follow(Waiting side) {
    try (Branch branch = resume(side)) {
      int end = plan.steps().size();
      while (branch.position < end) {
        checkpoint.pass();
        step(branch, plan.steps().get(branch.position++));
        double share = (double) branch.position / (end + 1) * branch.shots;
        progress.at((shotsDone + share) / shots);
      }
      if (exact) {
        probabilities =
            Optional.of(Distribution.of(branch.vector, branch.memory, plan, checkpoint));
      }
      if (plan.tail().isEmpty()) {
        tally.add(branch.memory, branch.shots);
      } else {
        tally.sample(branch.vector, branch.memory, branch.shots, random, checkpoint);
      }
      shotsDone += branch.shots;
      progress.at((double) shotsDone / shots);
    }
  }

  private Branch resume(Waiting side) {
    replayed = 0;
    if (side.branch != null) {
      copiesLeft++;
      replay = NOTHING;
      return side.branch;
    }
    replay = History.inOrder(side.history);
    StateVector zero = Allocation.zeroState(factory, plan.qubits(), checkpoint);
    return new Branch(zero, plan.newMemory(), 0, side.shots, null);
  }

  private void step(Branch branch, Step step) {
    ClassicalMemory memory = branch.memory;
    switch (step) {
      case Step.Kernel kernel -> kernel.run(branch.vector);
      case Step.Clifford gate -> throw new IllegalStateException(gate + " in a state vector");
      case Step.Measure measure -> measure(branch, measure);
      case Step.Reset(int qubit) -> reset(branch, qubit);
      case Step.AssignBits assign -> memory.setBits(assign.bits(), memory.evaluate(assign.value()));
      case Step.AssignVariable assign ->
          memory.setVariable(assign.slot(), memory.evaluate(assign.value()));
      case Step.Jump jump -> branch.position = jump.position();
      case Step.JumpIfZero jump -> {
        if (memory.evaluate(jump.condition()) == 0) {
          branch.position = jump.position();
        }
      }
      case Step.EnterLoop(int loop) -> memory.enterLoop(loop);
      case Step.CountRound round -> round.count(memory);
    }
  }

  private void measure(Branch branch, Step.Measure measure) {
    int bit = measure.bit();
    boolean one =
        draw(
            branch,
            measure.qubit(),
            other -> {
              if (bit != Operation.Measure.DISCARD) {
                other.memory.setBit(bit, true);
              }
            });
    if (bit != Operation.Measure.DISCARD) {
      branch.memory.setBit(bit, one);
    }
  }

  private void reset(Branch branch, int qubit) {
    if (draw(branch, qubit, other -> other.vector.flip(qubit, 0, 0))) {
      branch.vector.flip(qubit, 0, 0);
    }
  }

  /// What is still to do to a side that drew one, before it may wait.
  @FunctionalInterface
  private interface AfterOne {
    void complete(Branch side);
  }

  /// Measures a qubit for all shots of a branch. The branch goes on with the outcome that is
  /// returned; if some of its shots drew one and some zero, those with one are left for later.
  private boolean draw(Branch branch, int qubit, AfterOne afterOne) {
    double probabilityOfOne = branch.vector.probabilityOfOne(qubit);
    if (probabilityOfOne < CERTAIN || probabilityOfOne > 1 - CERTAIN) {
      return probabilityOfOne > 0.5;
    }
    boolean one;
    if (replayed < replay.length) {
      one = replay[replayed++];
    } else {
      int ones = binomial(branch.shots, probabilityOfOne);
      one = ones == branch.shots;
      if (ones > 0 && !one) {
        branch.shots -= ones;
        leaveForLater(branch, ones, qubit, probabilityOfOne, afterOne);
      }
    }
    branch.history = History.append(branch.history, one);
    branch.vector.collapse(qubit, one, one ? probabilityOfOne : 1 - probabilityOfOne);
    return one;
  }

  private void leaveForLater(
      Branch branch, int ones, int qubit, double probabilityOfOne, AfterOne afterOne) {
    History history = History.append(branch.history, true);
    StateVector copy = copiesLeft > 0 ? Allocation.copyOrNull(branch.vector) : null;
    if (copy == null) {
      waiting.push(new Waiting(null, ones, history));
      return;
    }
    copiesLeft--;
    Branch side = new Branch(copy, branch.memory.copy(), branch.position, ones, history);
    waiting.push(new Waiting(side, ones, history));
    copy.collapse(qubit, true, probabilityOfOne);
    afterOne.complete(side);
  }

  private int binomial(int draws, double probability) {
    int ones = 0;
    for (int i = 0; i < draws; i++) {
      if (random.nextDouble() < probability) {
        ones++;
      }
    }
    return ones;
  }
}
