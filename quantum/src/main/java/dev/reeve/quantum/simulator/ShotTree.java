package dev.reeve.quantum.simulator;

import dev.reeve.quantum.Operation;
import dev.reeve.quantum.SplitMix;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// Runs all shots of a plan at once, as a tree. Shots that have seen the same outcomes share one
/// state; at a measurement they part by a binomial draw, and so they do where something may go
/// wrong. Only sides that got a shot are followed, one after the other. A circuit without noise and
/// mid-circuit measurement is a tree of one branch, and the cost of any other is that of its
/// different histories, never more than the shots.
///
/// The side left for later keeps a copy of the state while there is room for copies. Without room
/// it keeps its outcomes only and is replayed from the start, which draws nothing, so that the
/// counts do not depend on memory.
final class ShotTree {
  /// Probabilities nearer than this to 0 or 1 are certain: the difference is rounding.
  private static final double CERTAIN = 1e-12;

  private static final int COPIES_MAX = 64;
  private static final History[] NOTHING = {};

  private final Plan plan;
  private final ShotStates states;
  private final RunOptions options;
  private final Checkpoint checkpoint;
  private final SplitMix random;
  private final Tally tally;
  private final Progress progress;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private int copiesLeft;
  private int shotsDone;
  private double errorBound;
  private History[] replay = NOTHING;
  private int replayed;
  private int replayedDraws;
  private final Observations observations;
  private Optional<SortedMap<String, Double>> probabilities = Optional.empty();
  private Optional<Amplitudes> amplitudes = Optional.empty();

  ShotTree(
      Plan plan, ShotStates states, RunOptions options, Checkpoint checkpoint, Progress progress) {
    this.plan = plan;
    this.states = states;
    this.options = options;
    this.checkpoint = checkpoint;
    this.progress = progress;
    this.random = new SplitMix(options.seed());
    this.tally = new Tally(plan, options.outcomeBytesMax());
    this.observations = new Observations(plan.observables());
    long room = options.memoryBytesMax() / states.bytes(plan.qubits(), options) - 1;
    this.copiesLeft = Math.clamp(room, 0, COPIES_MAX);
  }

  /// A side that was left for later: with its branch if there was room, else with what it drew.
  private record Waiting(
      @Nullable Branch branch, int shots, int draws, @Nullable History history) {}

  void run() {
    try {
      waiting.push(new Waiting(null, options.shots(), 0, null));
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

  Optional<Amplitudes> amplitudes() {
    return amplitudes;
  }

  List<Expectation> expectations() {
    return observations.expectations();
  }

  /// The largest of all branches.
  double errorBound() {
    return errorBound;
  }

  private void follow(Waiting side) {
    try (Branch branch = resume(side)) {
      int end = plan.steps().size();
      while (branch.position < end) {
        checkpoint.pass();
        step(branch, plan.steps().get(branch.position++));
        double share = (double) branch.position / (end + 1) * branch.shots;
        progress.at((shotsDone + share) / options.shots());
      }
      lookAt(branch);
      if (plan.tail().isEmpty()) {
        tally.add(branch.memory, branch.shots);
      } else {
        branch.state.sample(branch.memory, branch.shots, random, tally);
      }
      errorBound = Math.max(errorBound, branch.state.errorBound());
      shotsDone += branch.shots;
      progress.at((double) shotsDone / options.shots());
    }
  }

  /// What is wanted beside the counts, at the end of a branch.
  private void lookAt(Branch branch) {
    if (options.probabilities()) {
      probabilities =
          Optional.of(
              Distribution.of(branch.state.probabilities(), branch.memory, plan, checkpoint));
    }
    if (options.outputs().amplitudes()) {
      amplitudes = Optional.of(branch.state.amplitudes());
    }
    if (!observations.isEmpty()) {
      observations.add(
          branch.shots, plan.observables().stream().map(branch.state::moments).toList());
    }
  }

  private Branch resume(Waiting side) {
    replayed = 0;
    if (side.branch != null) {
      copiesLeft++;
      replay = NOTHING;
      replayedDraws = 0;
      return side.branch;
    }
    replay = History.inOrder(side.history);
    replayedDraws = side.draws;
    ShotState zero = states.zero(plan.qubits(), options, checkpoint);
    return new Branch(zero, plan.newMemory(), side.shots);
  }

  private void step(Branch branch, Step step) {
    ClassicalMemory memory = branch.memory;
    switch (step) {
      case Step.Unitary gate -> branch.state.apply(gate);
      case Step.Clifford gate -> throw new IllegalStateException(gate + " in a state vector");
      case Step.Measure measure -> measure(branch, measure);
      case Step.Reset(int qubit) -> reset(branch, qubit);
      case Step.Misread misread -> misread(branch, misread);
      case Step.Noise noise -> noise(branch, noise);
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
    draw(
        branch,
        measure.qubit(),
        (side, one) -> {
          if (measure.bit() != Operation.Measure.DISCARD) {
            side.memory.setBit(measure.bit(), one);
          }
        });
  }

  private void reset(Branch branch, int qubit) {
    draw(
        branch,
        qubit,
        (side, one) -> {
          if (one) {
            side.state.pauli(qubit, PauliNoise.X);
          }
        });
  }

  private void misread(Branch branch, Step.Misread read) {
    boolean one = branch.memory.bit(read.bit());
    part(
        branch,
        read.readout().wrong(one),
        () -> 1,
        (side, outcome) -> side.memory.setBit(read.bit(), one ^ (outcome != 0)));
  }

  private void noise(Branch branch, Step.Noise noise) {
    if (branch.state.absorbs(noise)) {
      return;
    }
    if (noise.channel().isPauli()) {
      PauliNoise pauli = new PauliNoise(noise);
      part(branch, pauli.probability(), () -> pauli.draw(random), pauli::apply);
      return;
    }
    int qubit = noise.qubits().get(0);
    double strength = noise.channel().strength();
    double one = branch.state.probabilityOfOne(qubit);
    if (one < CERTAIN) {
      return;
    }
    part(
        branch,
        Math.min(1, strength * one),
        () -> 1,
        (side, outcome) -> PauliNoise.damp(side.state, qubit, strength, one, outcome != 0));
  }

  /// What becomes of a side that measured.
  @FunctionalInterface
  private interface AfterMeasurement {
    void complete(Branch side, boolean one);
  }

  /// Measures a qubit for all shots of a branch.
  private void draw(Branch branch, int qubit, AfterMeasurement after) {
    double probabilityOfOne = branch.state.probabilityOfOne(qubit);
    if (probabilityOfOne < CERTAIN || probabilityOfOne > 1 - CERTAIN) {
      after.complete(branch, probabilityOfOne > 0.5);
      return;
    }
    part(
        branch,
        probabilityOfOne,
        () -> 1,
        (side, outcome) -> {
          boolean one = outcome != 0;
          side.state.collapse(qubit, one, one ? probabilityOfOne : 1 - probabilityOfOne);
          after.complete(side, one);
        });
  }

  /// Draws an outcome other than zero.
  @FunctionalInterface
  private interface Outcomes {
    int draw();
  }

  /// What an outcome does to a side that drew it, before the side may wait.
  @FunctionalInterface
  private interface Parting {
    void complete(Branch side, int outcome);
  }

  /// Draws for all shots of a branch. The branch goes on with one of the outcomes that came; those
  /// of its shots that drew another are left for later.
  ///
  /// @param probability of any outcome other than zero
  private void part(Branch branch, double probability, Outcomes outcomes, Parting parting) {
    int draw = branch.draws;
    branch.draws++;
    int outcome;
    if (draw < replayedDraws) {
      outcome = replayed(draw);
    } else {
      int others = Binomial.draw(random, branch.shots, probability);
      outcome = others == branch.shots ? -1 : 0;
      branch.shots -= others;
      for (Map.Entry<Integer, Integer> each : Binomial.groups(others, outcomes::draw).entrySet()) {
        if (outcome < 0) {
          outcome = each.getKey();
          branch.shots = each.getValue();
        } else {
          leaveForLater(branch, each.getValue(), draw, each.getKey(), parting);
        }
      }
    }
    if (outcome != 0) {
      branch.history = History.append(branch.history, draw, outcome);
    }
    parting.complete(branch, outcome);
  }

  private int replayed(int draw) {
    if (replayed < replay.length && replay[replayed].draw() == draw) {
      return replay[replayed++].outcome();
    }
    return 0;
  }

  private void leaveForLater(Branch branch, int shots, int draw, int outcome, Parting parting) {
    History history = History.append(branch.history, draw, outcome);
    Branch side = copiesLeft > 0 ? branch.forkOrNull(shots) : null;
    waiting.push(new Waiting(side, shots, draw + 1, history));
    if (side != null) {
      copiesLeft--;
      side.history = history;
      parting.complete(side, outcome);
    }
  }
}
