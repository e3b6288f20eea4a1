package dev.reeve.quantum.simulator;

import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.ClassicalExpression;
import dev.reeve.quantum.Footprint;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.QuantumProblems;
import dev.reeve.quantum.ResultLayout;
import dev.reeve.quantum.clifford.CliffordGates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// Makes a [Plan] of a circuit.
final class Planner {
  /// The plan's number of a qubit that no gate touches: it is zero for ever.
  private static final int UNTOUCHED = -1;

  private final Circuit circuit;
  private final Kind kind;
  private final NoiseModel noise;
  private final Outputs outputs;
  private final int[] planQubit;
  private final int qubits;
  private final List<Step> steps = new ArrayList<>();
  private final Consumer<GateOperation> gates;
  private final Optional<Waits> waits;
  private int loops;
  private int regions;
  private boolean branching;

  /// What the steps are for.
  enum Kind {
    /// Kernels of a state vector.
    STATE_VECTOR,
    /// Kernels of a density matrix, which takes noise without a draw.
    DENSITY_MATRIX,
    /// Matrices on few qubits.
    MATRIX_PRODUCT,
    /// Gates of a stabilizer state.
    STABILIZER
  }

  Planner(Circuit circuit, Kind kind, NoiseModel noise, Outputs outputs) {
    this.circuit = circuit;
    this.kind = kind;
    this.noise = noise;
    this.outputs = outputs;
    BitSet touched = touched(circuit, noise, outputs);
    this.planQubit = new int[circuit.qubits()];
    int next = 0;
    for (int qubit = 0; qubit < planQubit.length; qubit++) {
      planQubit[qubit] = touched.get(qubit) ? next++ : UNTOUCHED;
    }
    this.qubits = next;
    this.waits =
        noise.idle().isNone() || noise.times().equals(GateTimes.NONE)
            ? Optional.empty()
            : Optional.of(new Waits(circuit.qubits(), (qubit, nanos) -> idle(qubit, nanos)));
    this.gates =
        switch (kind) {
          case STATE_VECTOR, DENSITY_MATRIX ->
              new KernelChoice(steps, qubit -> planQubit[qubit])::add;
          case MATRIX_PRODUCT -> this::addWhole;
          case STABILIZER -> this::addClifford;
        };
  }

  /// How many qubits a circuit needs in a state vector, without planning it.
  ///
  /// @throws dev.reeve.base.ProblemException for outputs that the circuit cannot have, see
  ///   [Outputs#qubits]
  static int qubitsNeeded(Circuit circuit, RunOptions options) {
    return touched(circuit, options.noise(), options.outputs()).cardinality();
  }

  /// Gates touch qubits, the identity only where something goes wrong with it; where outcomes are
  /// read wrongly, every qubit that is measured takes part. What is looked at takes part anyway.
  private static BitSet touched(Circuit circuit, NoiseModel noise, Outputs outputs) {
    BitSet touched = outputs.qubits(circuit);
    collectTouched(circuit.operations(), !noise.channels().isEmpty(), noise.misreads(), touched);
    return touched;
  }

  Plan plan() {
    List<Operation.Measure> last = new ArrayList<>();
    BitSet later = later();
    BitSet read = new BitSet();
    for (int i = 0; i < circuit.operations().size(); i++) {
      Operation operation = circuit.operations().get(i);
      if (later.get(i) && operation instanceof Operation.Measure measure) {
        // Read again it is what it was: nothing may happen to it before the end any more.
        if (!read.get(measure.qubit())) {
          read.set(measure.qubit());
          begin(List.of(measure.qubit()), 0);
        }
        last.add(measure);
      } else {
        add(operation);
      }
    }
    List<Step.Measure> tail = new ArrayList<>();
    for (Operation.Measure measure : last) {
      if (planQubit[measure.qubit()] == UNTOUCHED) {
        add(measure);
      } else if (measure.bit() != Operation.Measure.DISCARD) {
        tail.add(new Step.Measure(planQubit[measure.qubit()], measure.bit()));
      }
    }
    return new Plan(
        qubits,
        steps,
        tail,
        branching,
        circuit.bits(),
        circuit.variables(),
        loops,
        ResultLayout.of(circuit),
        outputs.observables().stream().map(each -> each.on(qubit -> planQubit[qubit])).toList(),
        noise,
        readouts());
  }

  private List<Readout> readouts() {
    List<Readout> readouts = new ArrayList<>();
    for (int qubit = 0; qubit < planQubit.length; qubit++) {
      if (planQubit[qubit] != UNTOUCHED) {
        readouts.add(noise.readout(qubit));
      }
    }
    return readouts;
  }

  /// Which operations are measurements that can wait until the end: nothing after them touches
  /// their qubit, or reads or writes their bit.
  private BitSet later() {
    BitSet waiting = new BitSet();
    Footprint later = Footprint.of(List.of());
    for (int i = circuit.operations().size() - 1; i >= 0; i--) {
      Operation operation = circuit.operations().get(i);
      if (operation instanceof Operation.Measure measure && canWait(measure, later)) {
        waiting.set(i);
      } else {
        later.add(operation);
      }
    }
    return waiting;
  }

  /// These qubits begin something together that takes so long: some may have to wait for it. Within
  /// regions nobody knows who waits for what.
  private void begin(List<Integer> together, double nanoseconds) {
    if (regions == 0) {
      waits.ifPresent(times -> times.together(together, nanoseconds));
    }
  }

  private boolean canWait(Operation.Measure measure, Footprint later) {
    int bit = measure.bit();
    return !later.actsOn(measure.qubit(), !noise.idle().isNone())
        && (bit == Operation.Measure.DISCARD
            || (!later.bitsRead().get(bit) && !later.bitsWritten().get(bit)));
  }

  private void add(Operation operation) {
    switch (operation) {
      case GateOperation gate -> {
        if (waits.isPresent() && !noise.isVirtual(gate)) {
          begin(
              IntStream.range(0, gate.qubitCount()).mapToObj(gate::qubit).toList(),
              noise.nanos(gate));
        }
        gates.accept(gate);
        addNoise(gate);
      }
      case Operation.Measure(int qubit, int bit) -> {
        begin(List.of(qubit), noise.times().readout());
        measure(qubit, bit);
      }
      case Operation.Reset(int qubit) -> {
        begin(List.of(qubit), noise.times().readout());
        waits.ifPresent(times -> times.fresh(qubit));
        if (planQubit[qubit] != UNTOUCHED) {
          steps.add(new Step.Reset(planQubit[qubit]));
          branching = true;
        }
      }
      case Operation.Barrier(Indexes aligned) -> {
        if (regions == 0) {
          waits.ifPresent(times -> times.align(Arrays.stream(aligned.toArray()).boxed().toList()));
        }
      }
      case Operation.Delay(int qubit, double nanoseconds) -> {
        begin(List.of(qubit), nanoseconds);
        idle(qubit, nanoseconds);
      }
      case Operation.AssignBits(Indexes bits, ClassicalExpression value) ->
          steps.add(new Step.AssignBits(bits, value));
      case Operation.AssignVariable(int slot, ClassicalExpression value) ->
          steps.add(new Step.AssignVariable(slot, value));
      case Operation.If branch -> region(() -> add(branch));
      case Operation.While loop -> region(() -> add(loop));
    }
  }

  private void region(Runnable body) {
    regions++;
    body.run();
    regions--;
    waits.ifPresent(Waits::clear);
  }

  /// A qubit that nothing touches is zero, and stays so.
  private void idle(int qubit, double nanoseconds) {
    int wire = planQubit[qubit];
    IdleNoise idle = noise.idle(qubit);
    if (idle.isNone() || wire == UNTOUCHED) {
      return;
    }
    if (idle.detuningKilohertz() > 0) {
      gates.accept(idle.turn(qubit, nanoseconds));
    }
    for (NoiseChannel loss : idle.losses(nanoseconds)) {
      branching |= kind != Kind.DENSITY_MATRIX;
      steps.add(new Step.Noise(loss, Indexes.of(wire)));
    }
  }

  private void addNoise(GateOperation gate) {
    if (noise.isVirtual(gate)) {
      return;
    }
    int[] qubits = new int[gate.qubitCount()];
    for (int i = 0; i < qubits.length; i++) {
      qubits[i] = planQubit[gate.qubit(i)];
    }
    if (qubits.length > PauliNoise.QUBITS_MAX && !noise.channels().isEmpty()) {
      throw QuantumProblems.SIMULATION_METHOD_UNSUITABLE
          .because(
              "noise_model: a gate has %d qubits (expected: at most %d)"
                  .formatted(qubits.length, PauliNoise.QUBITS_MAX))
          .toException();
    }
    for (NoiseChannel each : noise.channels()) {
      NoiseChannel channel = noise.after(each, gate);
      if (channel.isNone()) {
        continue;
      }
      branching |= kind != Kind.DENSITY_MATRIX;
      if (channel.kind() == NoiseChannel.Kind.DEPOLARIZING) {
        steps.add(new Step.Noise(channel, Indexes.of(qubits)));
      } else {
        for (int qubit : qubits) {
          steps.add(new Step.Noise(channel, Indexes.of(qubit)));
        }
      }
    }
  }

  private void addWhole(GateOperation gate) {
    if (gate.qubitCount() == 0 || gate.gate() == Gate.I) {
      return;
    }
    int[] qubits = new int[gate.qubitCount()];
    for (int i = 0; i < qubits.length; i++) {
      qubits[i] = planQubit[gate.qubit(i)];
    }
    WholeMatrix.requireFew(gate);
    steps.add(
        qubits.length > WholeMatrix.KEPT_QUBITS_MAX
            ? new Step.Wide(gate, Indexes.of(qubits))
            : new Step.Whole(WholeMatrix.of(gate), Indexes.of(qubits)));
  }

  private void addClifford(GateOperation gate) {
    CliffordGates.Parts parts =
        CliffordGates.of(gate)
            .orElseThrow(() ->
                QuantumProblems.SIMULATION_METHOD_UNSUITABLE
                    .because("method: stabilizer, but " + gate + " is no Clifford gate")
                    .toException());
    for (CliffordGates.Step part : parts.steps()) {
      steps.add(new Step.Clifford(part.gate(), planQubit[part.first()], planQubit[part.second()]));
    }
  }

  private void measure(int qubit, int bit) {
    if (planQubit[qubit] != UNTOUCHED) {
      steps.add(new Step.Measure(planQubit[qubit], bit));
      branching = true;
      if (bit != Operation.Measure.DISCARD && noise.misreads()) {
        steps.add(new Step.Misread(bit, noise.readout(qubit)));
      }
    } else if (bit != Operation.Measure.DISCARD) {
      steps.add(new Step.AssignBits(Indexes.of(bit), new ClassicalExpression.Constant(0)));
    }
  }

  private void add(Operation.If branch) {
    branching = true;
    int test = reserve();
    branch.then().forEach(this::add);
    if (branch.otherwise().isEmpty()) {
      steps.set(test, new Step.JumpIfZero(branch.condition(), steps.size()));
      return;
    }
    int skip = reserve();
    steps.set(test, new Step.JumpIfZero(branch.condition(), steps.size()));
    branch.otherwise().forEach(this::add);
    steps.set(skip, new Step.Jump(steps.size()));
  }

  private void add(Operation.While loop) {
    branching = true;
    int number = loops++;
    steps.add(new Step.EnterLoop(number));
    int test = reserve();
    steps.add(new Step.CountRound(number, loop.iterationsMax()));
    loop.body().forEach(this::add);
    steps.add(new Step.Jump(test));
    steps.set(test, new Step.JumpIfZero(loop.condition(), steps.size()));
  }

  /// A place for a jump whose goal is not known yet.
  private int reserve() {
    steps.add(new Step.Jump(0));
    return steps.size() - 1;
  }

  private static void collectTouched(
      List<Operation> operations, boolean identities, boolean measured, BitSet touched) {
    for (Operation operation : operations) {
      switch (operation) {
        case GateOperation gate -> {
          boolean acts = identities || gate.gate() != Gate.I;
          for (int i = 0; acts && i < gate.qubitCount(); i++) {
            touched.set(gate.qubit(i));
          }
        }
        case Operation.If branch -> {
          collectTouched(branch.then(), identities, measured, touched);
          collectTouched(branch.otherwise(), identities, measured, touched);
        }
        case Operation.While loop -> collectTouched(loop.body(), identities, measured, touched);
        case Operation.Measure measure -> {
          if (measured) {
            touched.set(measure.qubit());
          }
        }
        case Operation.Reset _,
            Operation.Barrier _,
            Operation.Delay _,
            Operation.AssignBits _,
            Operation.AssignVariable _ -> {}
      }
    }
  }
}
