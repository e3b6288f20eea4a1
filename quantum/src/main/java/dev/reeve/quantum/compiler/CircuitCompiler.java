package dev.reeve.quantum.compiler;

import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.CircuitMetrics;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.ProgressListener;
import dev.reeve.quantum.QuantumProblems;
import dev.reeve.quantum.Register;
import dev.reeve.quantum.simulator.Checkpoint;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;

/// Compiles circuits for a device. Immutable; the same circuit, level and seed give the same
/// output.
public final class CircuitCompiler {
  private final DeviceModel device;
  private final Executor executor;

  /// A compiler for one device.
  public CircuitCompiler(DeviceModel device) {
    this(device, Runnable::run);
  }

  /// @param executor tries layouts beside each other; it does not change the output
  public CircuitCompiler(DeviceModel device, Executor executor) {
    this.device = device;
    this.executor = executor;
  }

  /// See [#compile(Circuit, CompileOptions, ProgressListener, CancelSignal)].
  public CompiledCircuit compile(Circuit source, CompileLevel level, long seed) {
    return compile(source, level, seed, ProgressListener.NONE, CancelSignal.NEVER);
  }

  /// See [#compile(Circuit, CompileOptions, ProgressListener, CancelSignal)].
  public CompiledCircuit compile(
      Circuit source,
      CompileLevel level,
      long seed,
      ProgressListener progress,
      CancelSignal cancel) {
    return compile(source, CompileOptions.of(level, seed), progress, cancel);
  }

  /// @param cancel looked at between passes, while qubits are moved about and while the output is
  ///   compared
  /// @throws dev.reeve.base.ProblemException `CIRCUIT_TOO_WIDE`, `QUANTUM_CANCELLED`,
  ///   `CIRCUIT_NOT_COMPILABLE` for what only a simulator can do and for a preset or decoupling of
  ///   a circuit that decides while it runs, or `CIRCUIT_MISCOMPILED` when the output was seen to
  ///   be wrong
  public CompiledCircuit compile(
      Circuit source, CompileOptions options, ProgressListener progress, CancelSignal cancel) {
    CompileLevel level = options.level();
    Checkpoint checkpoint = Checkpoint.of(cancel);
    int size = device.couplings().qubits();
    if (source.qubits() > size) {
      throw QuantumProblems.CIRCUIT_TOO_WIDE
          .field(
              "qubits",
              Integer.toString(source.qubits()),
              "at most " + size + " on " + device.name())
          .toException();
    }
    if (!Stretch.isWhole(source.operations())) {
      requireOffered("preset", options.preset().map(CompilePreset::word));
      requireOffered("decoupling", options.decoupling().map(Decoupling::word));
      return new RegionCompiler(device, source.qubits(), options, executor, cancel)
          .compile(source, progress);
    }
    TinyRotations wanted =
        level.resynthesizes()
            ? TinyRotations.drop(source.operations())
            : TinyRotations.keep(source.operations());
    List<Operation> shorter =
        shorten(BitOrder.held(wanted.operations()), source.qubits(), level, checkpoint);
    int ways = options.preset().isPresent() ? level.ways() : 1;
    List<Placed> placed =
        new SabreRouter(
                shorter,
                source.qubits(),
                device.couplings(),
                new DistanceCosts(device.couplings()),
                executor,
                checkpoint)
            .route(level.effort(), options.seed(), ways, progress).stream()
                .map(way -> new Placed(finish(way.operations(), size, level, checkpoint), way))
                .toList();
    Placed best =
        options
            .preset()
            .map(preset -> new PlacementChoice(device, preset).best(placed))
            .orElseGet(placed::getFirst);
    checkpoint.pass();
    return timed(source, wanted, best, options, cancel);
  }

  /// How long a circuit takes that decides while it runs, and who waits, is known of each run only.
  private static void requireOffered(String option, Optional<String> wanted) {
    if (wanted.isPresent()) {
      throw QuantumProblems.CIRCUIT_NOT_COMPILABLE
          .field(option, wanted.get(), "none for a circuit that decides while it runs")
          .toException();
    }
  }

  /// With its times, its figures and its certificate.
  private CompiledCircuit timed(
      Circuit source,
      TinyRotations wanted,
      Placed placed,
      CompileOptions options,
      CancelSignal cancel) {
    int size = device.couplings().qubits();
    SabreRouter.Routed routed = placed.routed();
    TimedOutput timed =
        TimedOutput.of(placed.operations(), device, options.timing(), options.decoupling());
    List<Operation> output = timed.operations();
    Circuit compiled =
        new Circuit(
            size,
            source.bits(),
            source.variables(),
            List.of(new Register("q", 0, size)),
            source.bitRegisters(),
            output);
    CircuitMetrics metrics = CircuitMetrics.of(compiled);
    Checkpoint.of(cancel).pass();
    return new CompiledCircuit(
        compiled,
        routed.initial(),
        routed.last(),
        routed.swaps(),
        metrics.twoQubitGates(),
        PairDepth.of(compiled),
        metrics.depth(),
        wanted.halfAngles(),
        timed.schedule(),
        Math.exp(-GateFidelity.cost(output, device.calibration())),
        CircuitEquivalence.orByResults(
            sound(certificate(wanted.operations(), output, routed, options.seed(), cancel)),
            source,
            compiled));
  }

  private static Certificate certificate(
      List<Operation> source,
      List<Operation> output,
      SabreRouter.Routed routed,
      long seed,
      CancelSignal cancel) {
    CheckBudget budget = new CheckBudget(cancel);
    return OpenCheck.compare(
        source,
        output,
        seed,
        (one, other) ->
            StretchCheck.compare(
                one, other, routed.initial(), routed.moves(), Tolerance.COMPILED, seed, budget));
  }

  /// What is done to a stretch of the source before its qubits get places.
  static List<Operation> shorten(
      List<Operation> source, int qubits, CompileLevel level, Checkpoint checkpoint) {
    List<Operation> apart = Decomposer.decompose(source, qubits);
    List<Operation> flat = level.resynthesizes() ? PhaseFolding.fold(apart, qubits) : apart;
    List<Operation> simple = level.simplifies() ? Simplifier.simplify(flat, qubits) : flat;
    checkpoint.pass();
    return level.resynthesizes()
        ? Simplifier.simplify(Resynthesis.shorten(simple, qubits), qubits)
        : simple;
  }

  /// What is done to a stretch on the device's qubits, swaps and all.
  static List<Operation> finish(
      List<Operation> routed, int size, CompileLevel level, Checkpoint checkpoint) {
    List<Operation> flips = SwapExpander.expand(routed, size);
    List<Operation> least = level.simplifies() ? Simplifier.simplify(flips, size) : flips;
    checkpoint.pass();
    if (level.resynthesizes()) {
      least = Simplifier.simplify(Resynthesis.shorten(least, size), size);
    }
    checkpoint.pass();
    return BasisTranslator.translate(least);
  }

  /// How many gates and measurements a circuit has once every gate is taken apart into gates on one
  /// and two qubits; something above the most when there are more.
  ///
  /// @throws dev.reeve.base.ProblemException `CIRCUIT_NOT_COMPILABLE` for what only a simulator can
  ///   do
  public static int operationsTakenApart(Circuit source, int most) {
    return Decomposer.count(Stretch.joined(source.operations()), source.qubits(), most);
  }

  /// What was seen to be wrong is a mistake of ours, and nothing to hand out.
  static Certificate sound(Certificate certificate) {
    if (!certificate.equivalent().orElse(true)) {
      throw QuantumProblems.CIRCUIT_MISCOMPILED
          .because(
              "certificate: the output does not do what the source does, by "
                  + certificate.method().name().toLowerCase(Locale.ROOT)
                  + " (expected: the same)")
          .toException();
    }
    return certificate;
  }
}
