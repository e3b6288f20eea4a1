package dev.reeve.quantum.simulator;

import dev.reeve.quantum.Operation;
import dev.reeve.quantum.SplitMix;
import dev.reeve.quantum.clifford.CliffordGate;
import dev.reeve.quantum.clifford.Tableau;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;

/// All shots of a plan of Clifford gates.
///
/// Without feedback one shot is followed with a tableau and the others as Pauli frames beside it.
/// With feedback each shot has a tableau, copied where the first decision or draw comes.
final class StabilizerShots {
  private static final int WORDS_MAX = 64;
  private static final int STEPS_PER_CHECK = 64;

  private final Plan plan;
  private final int shots;
  private final SplitMix random;
  private final Checkpoint checkpoint;
  private final Progress progress;
  private final Tally tally;
  private final Observations observations;

  /// What is observed in the shot that was followed.
  private List<StabilizerMoments> observed = List.of();

  StabilizerShots(Plan plan, RunOptions options, Checkpoint checkpoint, Progress progress) {
    this.plan = plan;
    this.shots = options.shots();
    this.random = new SplitMix(options.seed());
    this.checkpoint = checkpoint;
    this.progress = progress;
    this.tally = new Tally(plan, options.outcomeBytesMax());
    this.observations = new Observations(plan.observables());
  }

  SortedMap<String, Long> run() {
    List<Step> steps = new ArrayList<>(plan.steps());
    for (Step.Measure measure : plan.tail()) {
      steps.add(measure);
      if (plan.noise().misreads()) {
        steps.add(new Step.Misread(measure.bit(), plan.readouts().get(measure.qubit())));
      }
    }
    if (steps.stream().allMatch(StabilizerShots::isWithoutFeedback)) {
      runFrames(steps);
    } else {
      runEach(steps);
    }
    progress.done();
    return tally.counts();
  }

  List<Expectation> expectations() {
    return observations.expectations();
  }

  private List<StabilizerMoments> observe(Tableau tableau) {
    return plan.observables().stream()
        .map(observable -> StabilizerMoments.of(tableau, observable, checkpoint))
        .toList();
  }

  private static boolean isWithoutFeedback(Step step) {
    return switch (step) {
      case Step.Clifford _, Step.Measure _, Step.Reset _, Step.Noise _, Step.Misread _ -> true;
      case Step.Unitary _,
          Step.AssignBits _,
          Step.AssignVariable _,
          Step.Jump _,
          Step.JumpIfZero _,
          Step.EnterLoop _,
          Step.CountRound _ ->
          false;
    };
  }

  private void runFrames(List<Step> steps) {
    BitSet followed = follow(steps);
    if (!observations.isEmpty() && !plan.branching()) {
      observations.add(shots, observed.stream().map(StabilizerMoments::moments).toList());
    }
    int done = 0;
    while (done < shots) {
      int count = Math.min(shots - done, WORDS_MAX * 64);
      runFrames(steps, followed, count);
      done += count;
      progress.at((double) done / shots);
    }
  }

  /// The outcomes of one shot, measurement by measurement.
  private BitSet follow(List<Step> steps) {
    Tableau tableau = new Tableau(plan.qubits());
    BitSet outcomes = new BitSet();
    int measured = 0;
    int passed = 0;
    for (Step step : steps) {
      if (passed == plan.steps().size()) {
        observed = observe(tableau);
      }
      if (passed++ % STEPS_PER_CHECK == 0) {
        checkpoint.pass();
      }
      switch (step) {
        case Step.Clifford gate -> tableau.apply(gate.gate(), gate.first(), gate.second());
        case Step.Measure measure ->
            outcomes.set(measured++, tableau.measure(measure.qubit(), this::coin));
        case Step.Reset(int qubit) -> reset(tableau, qubit);
        case Step.Noise _, Step.Misread _ -> {}
        default -> throw new IllegalStateException(step + " without feedback");
      }
    }
    if (passed == plan.steps().size()) {
      observed = observe(tableau);
    }
    return outcomes;
  }

  private void runFrames(List<Step> steps, BitSet followed, int count) {
    int words = (count + 63) >> 6;
    PauliFrames frames = new PauliFrames(plan.qubits(), words, random);
    long[][] bits = new long[plan.bits()][];
    long[] discarded = new long[words];
    int measured = 0;
    int passed = 0;
    for (Step step : steps) {
      if (passed == plan.steps().size()) {
        observe(frames, count);
      }
      if (passed++ % STEPS_PER_CHECK == 0) {
        checkpoint.pass();
      }
      switch (step) {
        case Step.Clifford gate -> frames.apply(gate.gate(), gate.first(), gate.second());
        case Step.Measure(int qubit, int bit) -> {
          long[] outcomes = discarded;
          if (bit != Operation.Measure.DISCARD) {
            bits[bit] = bits[bit] == null ? new long[words] : bits[bit];
            outcomes = bits[bit];
          }
          frames.measure(qubit, followed.get(measured++), outcomes);
        }
        case Step.Reset(int qubit) -> frames.reset(qubit);
        case Step.Noise noise -> frames.disturb(new PauliNoise(noise), noise.qubits(), count);
        case Step.Misread(int bit, Readout readout) -> misread(bits[bit], count, readout);
        default -> throw new IllegalStateException(step + " without feedback");
      }
    }
    if (passed == plan.steps().size()) {
      observe(frames, count);
    }
    for (int shot = 0; shot < count; shot++) {
      if (shot % STEPS_PER_CHECK == 0) {
        checkpoint.pass();
      }
      int word = shot >> 6;
      int place = shot;
      tally.add(address -> bits[address] != null && (bits[address][word] >>> place & 1) == 1, 1);
    }
  }

  private void observe(PauliFrames frames, int count) {
    if (observations.isEmpty() || !plan.branching()) {
      return;
    }
    List<List<long[]>> against = new ArrayList<>();
    for (StabilizerMoments each : observed) {
      against.add(each.products().stream().map(frames::against).toList());
    }
    for (int shot = 0; shot < count; shot++) {
      checkpoint.pass();
      List<Moments> moments = new ArrayList<>();
      for (int i = 0; i < observed.size(); i++) {
        moments.add(observed.get(i).moments(atShot(against.get(i), shot)));
      }
      observations.add(1, moments);
    }
  }

  private static BitSet atShot(List<long[]> words, int shot) {
    BitSet bits = new BitSet(words.size());
    for (int i = 0; i < words.size(); i++) {
      bits.set(i, (words.get(i)[shot >> 6] >>> shot & 1) == 1);
    }
    return bits;
  }

  private void runEach(List<Step> steps) {
    Tableau start = new Tableau(plan.qubits());
    int position = 0;
    while (position < steps.size() && steps.get(position) instanceof Step.Clifford gate) {
      start.apply(gate.gate(), gate.first(), gate.second());
      position++;
    }
    for (int shot = 0; shot < shots; shot++) {
      runOne(steps, start.copy(), position);
      progress.at((double) (shot + 1) / shots);
    }
  }

  private void runOne(List<Step> steps, Tableau tableau, int from) {
    ClassicalMemory memory = plan.newMemory();
    int position = from;
    int passed = 0;
    while (position < steps.size()) {
      observeAt(position, tableau);
      if (passed++ % STEPS_PER_CHECK == 0) {
        checkpoint.pass();
      }
      Step step = steps.get(position++);
      switch (step) {
        case Step.Clifford gate -> tableau.apply(gate.gate(), gate.first(), gate.second());
        case Step.Measure(int qubit, int bit) -> {
          boolean one = tableau.measure(qubit, this::coin);
          if (bit != Operation.Measure.DISCARD) {
            memory.setBit(bit, one);
          }
        }
        case Step.Reset(int qubit) -> reset(tableau, qubit);
        case Step.AssignBits assign ->
            memory.setBits(assign.bits(), memory.evaluate(assign.value()));
        case Step.AssignVariable assign ->
            memory.setVariable(assign.slot(), memory.evaluate(assign.value()));
        case Step.Jump jump -> position = jump.position();
        case Step.JumpIfZero jump -> {
          if (memory.evaluate(jump.condition()) == 0) {
            position = jump.position();
          }
        }
        case Step.EnterLoop(int loop) -> memory.enterLoop(loop);
        case Step.CountRound round -> round.count(memory);
        case Step.Noise noise -> disturb(tableau, noise);
        case Step.Misread(int bit, Readout readout) ->
            memory.setBit(bit, memory.bit(bit) ^ isWrong(readout, memory.bit(bit)));
        case Step.Unitary kernel -> throw new IllegalStateException(kernel + " in a tableau");
      }
    }
    observeAt(position, tableau);
    tally.add(memory::bit, 1);
  }

  /// The tail comes behind what is observed; nothing jumps past its beginning.
  private void observeAt(int position, Tableau tableau) {
    if (position == plan.steps().size() && !observations.isEmpty()) {
      observations.add(1, observe(tableau).stream().map(StabilizerMoments::moments).toList());
    }
  }

  private void disturb(Tableau tableau, Step.Noise noise) {
    PauliNoise pauli = new PauliNoise(noise);
    if (random.nextDouble() < pauli.probability()) {
      int outcome = pauli.draw(random);
      for (int i = 0; i < noise.qubits().size(); i++) {
        int qubit = noise.qubits().get(i);
        switch ((outcome >> (2 * i)) & 3) {
          case PauliNoise.X -> tableau.apply(CliffordGate.X, qubit, qubit);
          case PauliNoise.Y -> tableau.apply(CliffordGate.Y, qubit, qubit);
          case PauliNoise.Z -> tableau.apply(CliffordGate.Z, qubit, qubit);
          default -> {}
        }
      }
    }
  }

  private void misread(long[] outcomes, int count, Readout readout) {
    for (int shot = 0; shot < count; shot++) {
      if (isWrong(readout, (outcomes[shot >> 6] >>> shot & 1) == 1)) {
        outcomes[shot >> 6] ^= 1L << shot;
      }
    }
  }

  private boolean isWrong(Readout readout, boolean one) {
    return random.nextDouble() < readout.wrong(one);
  }

  private void reset(Tableau tableau, int qubit) {
    if (tableau.measure(qubit, this::coin)) {
      tableau.apply(CliffordGate.X, qubit, qubit);
    }
  }

  private boolean coin() {
    return random.nextLong() < 0;
  }
}
