package dev.reeve.quantum.compiler;

import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.CircuitMetrics;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.ProgressListener;
import dev.reeve.quantum.Register;
import dev.reeve.quantum.SplitMix;
import dev.reeve.quantum.simulator.Checkpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/// Compiles a circuit that decides while it runs. Each stretch between decisions is compiled by
/// itself and begins where the one before left its qubits: no operation passes a decision. Both
/// sides of a decision end in the same layout, and a loop in the one in which it began. Where the
/// qubits begin is chosen with all stretches in view. Rotations are not left out, however small: a
/// loop would add them up. Used once.
final class RegionCompiler {
  private final DeviceModel device;
  private final int qubits;
  private final CompileOptions options;
  private final CompileLevel level;
  private final Executor executor;
  private final Checkpoint checkpoint;
  private final SplitMix random;
  private final int size;
  private final DistanceCosts costs;
  private final List<Certificate> certificates = new ArrayList<>();
  private final CheckBudget budget;
  private int swaps;

  /// Operations on the device's qubits, and where they leave those of the circuit.
  private record Region(List<Operation> operations, Layout end) {}

  RegionCompiler(
      DeviceModel device,
      int qubits,
      CompileOptions options,
      Executor executor,
      CancelSignal cancel) {
    this.device = device;
    this.qubits = qubits;
    this.options = options;
    this.level = options.level();
    this.executor = executor;
    this.checkpoint = Checkpoint.of(cancel);
    this.budget = new CheckBudget(cancel);
    this.random = new SplitMix(options.seed());
    this.size = device.couplings().qubits();
    this.costs = new DistanceCosts(device.couplings());
  }

  CompiledCircuit compile(Circuit source, ProgressListener progress) {
    List<Operation> shorter =
        Stretch.map(
            source.operations(),
            stretch -> CircuitCompiler.shorten(BitOrder.held(stretch), qubits, level, checkpoint));
    Layout start = start(shorter, progress);
    Region whole = region(source.operations(), shorter, start);
    // Flips in waits are not compared with the source here: there are none.
    TimedOutput timed =
        TimedOutput.of(whole.operations(), device, options.timing(), Optional.empty());
    Circuit compiled =
        new Circuit(
            size,
            source.bits(),
            source.variables(),
            List.of(new Register("q", 0, size)),
            source.bitRegisters(),
            timed.operations());
    CircuitMetrics metrics = CircuitMetrics.of(compiled);
    return new CompiledCircuit(
        compiled,
        Indexes.of(start.places(qubits)),
        Indexes.of(whole.end().places(qubits)),
        swaps,
        metrics.twoQubitGates(),
        PairDepth.of(compiled),
        metrics.depth(),
        0,
        timed.schedule(),
        Math.exp(-GateFidelity.cost(timed.operations(), device.calibration())),
        CircuitEquivalence.orByResults(Certificate.all(certificates), source, compiled));
  }

  private Layout start(List<Operation> shorter, ProgressListener progress) {
    List<Operation> joined = Stretch.joined(shorter);
    Indexes initial =
        router(joined).route(level.effort(), random.nextLong(), 1, progress).getFirst().initial();
    return Layout.of(initial.toArray(), size);
  }

  private SabreRouter router(List<Operation> operations) {
    return new SabreRouter(operations, qubits, device.couplings(), costs, executor, checkpoint);
  }

  /// @param source of the region, for the comparison
  private Region region(List<Operation> source, List<Operation> shorter, Layout start) {
    List<Stretch> before = Stretch.of(source);
    List<Stretch> stretches = Stretch.of(shorter);
    List<Operation> out = new ArrayList<>();
    Layout layout = start;
    for (int i = 0; i < stretches.size(); i++) {
      Region straight = straight(before.get(i).operations(), stretches.get(i).operations(), layout);
      out.addAll(straight.operations());
      layout = straight.end();
      if (stretches.get(i).end().isPresent()) {
        Region decision =
            decision(before.get(i).end().orElseThrow(), stretches.get(i).end().get(), layout);
        out.addAll(decision.operations());
        layout = decision.end();
      }
    }
    return new Region(out, layout);
  }

  private Region decision(Operation.Classical source, Operation.Classical shorter, Layout start) {
    return switch (shorter) {
      case Operation.If branch -> {
        Operation.If from = (Operation.If) source;
        Region then = region(from.then(), branch.then(), start);
        Region otherwise = region(from.otherwise(), branch.otherwise(), start);
        // A side on which nothing happens stays as it is.
        Layout end = branch.otherwise().isEmpty() ? otherwise.end() : then.end();
        List<Operation> one = upTo(end, then);
        List<Operation> other = upTo(end, otherwise);
        yield new Region(
            one.isEmpty() && other.isEmpty()
                ? List.of()
                : List.of(new Operation.If(branch.condition(), one, other)),
            end);
      }
      case Operation.While loop -> {
        Region body = region(((Operation.While) source).body(), loop.body(), start);
        yield new Region(
            List.of(new Operation.While(loop.condition(), upTo(start, body), loop.iterationsMax())),
            start);
      }
      case Operation.AssignBits _, Operation.AssignVariable _ ->
          new Region(List.of(shorter), start);
    };
  }

  /// The region with what brings its qubits into this layout.
  private List<Operation> upTo(Layout end, Region region) {
    List<Operation> moves = LayoutMoves.between(region.end(), end, qubits, device.couplings());
    if (moves.isEmpty()) {
      return region.operations();
    }
    swaps += moves.size();
    List<Operation> out = new ArrayList<>(region.operations());
    out.addAll(CircuitCompiler.finish(moves, size, level, checkpoint));
    return out;
  }

  private Region straight(List<Operation> source, List<Operation> shorter, Layout start) {
    if (source.isEmpty()) {
      return new Region(List.of(), start);
    }
    checkpoint.pass();
    Region routed = routed(shorter, start);
    List<Operation> output = CircuitCompiler.finish(routed.operations(), size, level, checkpoint);
    long seed = random.nextLong();
    certificates.add(
        CircuitCompiler.sound(
            OpenCheck.compare(
                source,
                output,
                seed,
                (one, other) ->
                    StretchCheck.compare(
                        one,
                        other,
                        Indexes.of(start.places(qubits)),
                        moves(start, routed.end()),
                        Tolerance.COMPILED,
                        seed,
                        budget))));
    return new Region(output, routed.end());
  }

  /// What began on each qubit of the device ends there.
  private Indexes moves(Layout start, Layout end) {
    int[] moves = new int[size];
    for (int place = 0; place < size; place++) {
      moves[place] = end.physical(start.logical(place));
    }
    return Indexes.of(moves);
  }

  private Region routed(List<Operation> stretch, Layout start) {
    if (fits(stretch, start)) {
      return new Region(
          stretch.stream().map(operation -> Relabelled.of(operation, start::physical)).toList(),
          start);
    }
    SabreRouter.Routed routed = router(stretch).routeFrom(start, level.effort(), random.nextLong());
    swaps += routed.swaps();
    int[] end = new int[size];
    for (int qubit = 0; qubit < size; qubit++) {
      end[qubit] = routed.moves().get(start.physical(qubit));
    }
    return new Region(routed.operations(), Layout.of(end, size));
  }

  /// Whether all pairs are neighbours already: so it is with most of what a decision does.
  private boolean fits(List<Operation> stretch, Layout layout) {
    for (Operation operation : stretch) {
      if (operation instanceof GateOperation gate
          && gate.qubitCount() == 2
          && device
                  .couplings()
                  .distance(layout.physical(gate.qubit(0)), layout.physical(gate.qubit(1)))
              > 1) {
        return false;
      }
    }
    return true;
  }
}
