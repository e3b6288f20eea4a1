package dev.reeve.quantum.simulator;

import dev.reeve.quantum.Operation;
import dev.reeve.quantum.QuantumProblems;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Follows every branch of a plan that outcomes can take, each with its exact weight: where
/// [ShotTree] draws for shots, this goes both ways. Depth first, so that few states are kept at a
/// time; a side that finds no room for its state is followed again from the start.
///
/// A branch whose weight falls below [#WEIGHT_MIN] is given up, so that a loop ends that outcomes
/// end with certainty only in the limit; [#weightLeftOut] tells what was given up in all.
final class BranchWalk {
  /// Most branches; what they leave out together is then below 1e-9.
  static final int BRANCHES_MAX = 1 << 16;

  /// The least weight of a branch that is followed.
  static final double WEIGHT_MIN = 1e-14;

  private static final int COPIES_MAX = 4096;
  private static final History[] NOTHING = {};

  private final Plan plan;
  private final ShotStates states;
  private final RunOptions options;
  private final Checkpoint checkpoint;
  private final long workMax;
  private final long amplitudes;
  private final Ends ends;
  private final Deque<Side> waiting = new ArrayDeque<>();
  private int copiesLeft;
  private int branches;
  private long work;
  private double weightLeftOut;
  private History[] replay = NOTHING;
  private int replayed;
  private int replayedDraws;

  /// Takes each branch where it ends.
  @FunctionalInterface
  interface Ends {
    /// @param state before the measurements that come last
    /// @param weight of the branch; those of all and what is left out add up to 1
    void end(ShotState state, ClassicalMemory memory, double weight);
  }

  /// @param workMax steps times amplitudes that all branches but the first may take together
  BranchWalk(
      Plan plan,
      ShotStates states,
      RunOptions options,
      Checkpoint checkpoint,
      long workMax,
      Ends ends) {
    this.plan = plan;
    this.states = states;
    this.options = options;
    this.checkpoint = checkpoint;
    this.workMax = workMax;
    this.ends = ends;
    long bytes = states.bytes(plan.qubits(), options);
    this.amplitudes = Math.max(1, bytes / Double.BYTES / 2);
    this.copiesLeft = Math.clamp(options.memoryBytesMax() / bytes - 1, 0, COPIES_MAX);
  }

  /// A branch that is followed, or waits to be: without a state it has its outcomes alone.
  private static final class Side {
    private @Nullable ShotState state;
    private ClassicalMemory memory;
    private int position;
    private double weight = 1;
    private int draws;
    private @Nullable History history;

    private Side(@Nullable ShotState state, ClassicalMemory memory) {
      this.state = state;
      this.memory = memory;
    }

    private void close() {
      if (state != null) {
        state.close();
      }
    }
  }

  /// @throws dev.reeve.base.ProblemException `SIMULATION_PROBABILITIES_UNAVAILABLE` beyond a bound
  void run() {
    try {
      waiting.push(new Side(null, plan.newMemory()));
      while (!waiting.isEmpty()) {
        follow(waiting.pop());
      }
    } finally {
      waiting.forEach(Side::close);
    }
  }

  /// The weight of all branches that were given up together.
  double weightLeftOut() {
    return weightLeftOut;
  }

  /// How many branches there are.
  int branches() {
    return branches;
  }

  private void follow(Side side) {
    branches++;
    if (branches > BRANCHES_MAX) {
      throw QuantumProblems.SIMULATION_PROBABILITIES_UNAVAILABLE
          .because(
              "probabilities: outcomes before the end make more than %d branches"
                      .formatted(BRANCHES_MAX)
                  + " (expected: fewer, or counts)")
          .with("branches_max", Integer.toString(BRANCHES_MAX))
          .toException();
    }
    ShotState state = resume(side);
    try {
      int end = plan.steps().size();
      while (side.position < end && side.weight >= WEIGHT_MIN) {
        checkpoint.pass();
        step(side, state, plan.steps().get(side.position++));
      }
      if (side.weight >= WEIGHT_MIN) {
        takes(amplitudes);
        ends.end(state, side.memory, side.weight);
      } else {
        weightLeftOut += side.weight;
      }
    } finally {
      state.close();
    }
  }

  private ShotState resume(Side side) {
    replayed = 0;
    if (side.state != null) {
      copiesLeft++;
      replay = NOTHING;
      replayedDraws = 0;
      return side.state;
    }
    replay = History.inOrder(side.history);
    replayedDraws = side.draws;
    side.memory = plan.newMemory();
    side.weight = 1;
    side.draws = 0;
    side.history = null;
    side.position = 0;
    return states.zero(plan.qubits(), options, checkpoint);
  }

  /// The first branch costs what one run costs, and that is not bounded either.
  private void takes(long amount) {
    work += branches > 1 ? amount : 0;
    if (work > workMax) {
      throw QuantumProblems.SIMULATION_PROBABILITIES_UNAVAILABLE
          .because(
              "probabilities: branches take more than %d steps times amplitudes, %d of them so far"
                      .formatted(workMax, branches)
                  + " (expected: fewer outcomes before the end, fewer qubits, or counts)")
          .with("work_max", Long.toString(workMax))
          .toException();
    }
  }

  private void step(Side side, ShotState state, Step step) {
    ClassicalMemory memory = side.memory;
    takes(1);
    switch (step) {
      case Step.Unitary gate -> {
        takes(amplitudes);
        state.apply(gate);
      }
      case Step.Clifford gate -> throw new IllegalStateException(gate + " in a state vector");
      case Step.Measure measure -> measure(side, state, measure);
      case Step.Reset(int qubit) -> reset(side, state, qubit);
      case Step.Misread misread -> misread(side, state, misread);
      case Step.Noise noise -> {
        takes(amplitudes);
        if (!state.absorbs(noise)) {
          throw QuantumProblems.SIMULATION_PROBABILITIES_UNAVAILABLE
              .because("probabilities: noise is drawn (expected: density_matrix)")
              .toException();
        }
      }
      case Step.AssignBits assign -> memory.setBits(assign.bits(), memory.evaluate(assign.value()));
      case Step.AssignVariable assign ->
          memory.setVariable(assign.slot(), memory.evaluate(assign.value()));
      case Step.Jump jump -> side.position = jump.position();
      case Step.JumpIfZero jump -> {
        if (memory.evaluate(jump.condition()) == 0) {
          side.position = jump.position();
        }
      }
      case Step.EnterLoop(int loop) -> memory.enterLoop(loop);
      case Step.CountRound round -> round.count(memory);
    }
  }

  private void measure(Side side, ShotState state, Step.Measure measure) {
    takes(amplitudes);
    if (measure.bit() == Operation.Measure.DISCARD && state.forgets(measure.qubit())) {
      return;
    }
    collapse(
        side,
        state,
        measure.qubit(),
        (_, memory, one) -> {
          if (measure.bit() != Operation.Measure.DISCARD) {
            memory.setBit(measure.bit(), one);
          }
        });
  }

  private void reset(Side side, ShotState state, int qubit) {
    takes(amplitudes);
    if (!state.resets(qubit)) {
      collapse(
          side,
          state,
          qubit,
          (found, _, one) -> {
            if (one) {
              found.pauli(qubit, PauliNoise.X);
            }
          });
    }
  }

  private void misread(Side side, ShotState state, Step.Misread read) {
    boolean one = side.memory.bit(read.bit());
    part(
        side,
        state,
        read.readout().wrong(one),
        (_, memory, misread) -> memory.setBit(read.bit(), one ^ misread));
  }

  /// What an outcome does to the side that has it.
  @FunctionalInterface
  private interface Parting {
    void complete(ShotState state, ClassicalMemory memory, boolean one);
  }

  private void collapse(Side side, ShotState state, int qubit, Parting after) {
    double certain = state.certain();
    double probability = state.probabilityOfOne(qubit);
    if (probability < certain || probability > 1 - certain) {
      after.complete(state, side.memory, probability > 0.5);
      return;
    }
    part(
        side,
        state,
        probability,
        (found, memory, one) -> {
          found.collapse(qubit, one, one ? probability : 1 - probability);
          after.complete(found, memory, one);
        });
  }

  /// Goes on with one outcome and leaves the other for later.
  private void part(Side side, ShotState state, double probabilityOfOne, Parting parting) {
    int draw = side.draws;
    side.draws++;
    boolean one = false;
    if (draw < replayedDraws) {
      one = replayed < replay.length && replay[replayed].draw() == draw;
      replayed += one ? 1 : 0;
    } else {
      double other = side.weight * probabilityOfOne;
      if (other >= WEIGHT_MIN) {
        leaveForLater(side, state, other, parting);
      } else {
        weightLeftOut += other;
      }
    }
    side.weight *= one ? probabilityOfOne : 1 - probabilityOfOne;
    if (one) {
      side.history = History.append(side.history, draw, 1);
    }
    if (side.weight >= WEIGHT_MIN) {
      parting.complete(state, side.memory, one);
    }
  }

  private void leaveForLater(Side side, ShotState state, double weight, Parting parting) {
    ShotState copy = copiesLeft > 0 ? state.copyOrNull() : null;
    Side other = new Side(copy, side.memory.copy());
    other.position = side.position;
    other.weight = weight;
    other.draws = side.draws;
    other.history = History.append(side.history, side.draws - 1, 1);
    waiting.push(other);
    if (copy != null) {
      copiesLeft--;
      takes(amplitudes);
      parting.complete(copy, other.memory, true);
    }
  }
}
