package dev.reeve.quantum.compiler;

import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.CircuitMetrics;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.ProgressListener;
import dev.reeve.quantum.QuantumProblems;
import dev.reeve.quantum.Register;
import dev.reeve.quantum.simulator.Checkpoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

  /// See [#compile(Circuit, CompileLevel, long, ProgressListener, CancelSignal)].
  public CompiledCircuit compile(Circuit source, CompileLevel level, long seed) {
    return compile(source, level, seed, ProgressListener.NONE, CancelSignal.NEVER);
  }

  /// @param seed decides which layouts are tried
  /// @param cancel looked at between passes and between tries of a layout
  /// @throws dev.reeve.base.ProblemException `CIRCUIT_TOO_WIDE`, `QUANTUM_CANCELLED`,
  ///   `CIRCUIT_NOT_COMPILABLE` for what only a simulator can do, or `CIRCUIT_MISCOMPILED` when the
  ///   output was seen to be wrong
  public CompiledCircuit compile(
      Circuit source,
      CompileLevel level,
      long seed,
      ProgressListener progress,
      CancelSignal cancel) {
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
    TinyRotations wanted =
        level.resynthesizes()
            ? TinyRotations.drop(source.operations())
            : TinyRotations.keep(source.operations());
    List<Operation> flat = Decomposer.decompose(wanted.operations(), source.qubits());
    List<Operation> simple = level.simplifies() ? Simplifier.simplify(flat, source.qubits()) : flat;
    checkpoint.pass();
    if (level.resynthesizes()) {
      simple = Simplifier.simplify(Resynthesis.shorten(simple, source.qubits()), source.qubits());
    }
    List<Operation> shorter = withoutBarriers(simple);
    SabreRouter.Routed routed =
        new SabreRouter(shorter, source.qubits(), device.couplings(), executor, checkpoint)
            .route(level.effort(), seed, progress);
    List<Operation> flips = SwapExpander.expand(routed.operations(), size);
    List<Operation> least = level.simplifies() ? Simplifier.simplify(flips, size) : flips;
    checkpoint.pass();
    if (level.resynthesizes()) {
      least = Simplifier.simplify(Resynthesis.shorten(least, size), size);
    }
    checkpoint.pass();
    List<Operation> output = BasisTranslator.translate(least);
    Circuit compiled =
        new Circuit(
            size,
            source.bits(),
            source.variables(),
            List.of(new Register("q", 0, size)),
            source.bitRegisters(),
            output);
    CircuitMetrics metrics = CircuitMetrics.of(compiled);
    checkpoint.pass();
    return new CompiledCircuit(
        compiled,
        routed.initial(),
        routed.last(),
        routed.swaps(),
        metrics.twoQubitGates(),
        pairDepth(output, size),
        metrics.depth(),
        wanted.halfAngles(),
        sound(certificate(wanted.operations(), compiled, routed, seed)));
  }

  /// How many gates and measurements a circuit has once every gate is taken apart into gates on one
  /// and two qubits; something above the most when there are more.
  ///
  /// @throws dev.reeve.base.ProblemException `CIRCUIT_NOT_COMPILABLE` for what only a simulator can
  ///   do
  public static int operationsTakenApart(Circuit source, int most) {
    return Decomposer.count(source.operations(), source.qubits(), most);
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

  /// They have done their work: nothing was moved across them.
  private static List<Operation> withoutBarriers(List<Operation> operations) {
    return operations.stream()
        .filter(operation -> !(operation instanceof Operation.Barrier))
        .toList();
  }

  private static int pairDepth(List<Operation> operations, int qubits) {
    int[] depth = new int[qubits];
    int most = 0;
    for (Operation operation : operations) {
      if (operation instanceof GateOperation gate && gate.qubitCount() == 2) {
        int here = Math.max(depth[gate.qubit(0)], depth[gate.qubit(1)]) + 1;
        depth[gate.qubit(0)] = here;
        depth[gate.qubit(1)] = here;
        most = Math.max(most, here);
      }
    }
    return most;
  }

  /// The source on the qubits where it began, then moved to where it ended, against the output.
  private static Certificate certificate(
      List<Operation> source, Circuit compiled, SabreRouter.Routed routed, long seed) {
    Map<Integer, Integer> wanted = outcomes(source);
    Map<Integer, Integer> found = outcomes(compiled.operations());
    if (!measuresLast(source) || !measuresLast(compiled.operations())) {
      return Certificate.unknown();
    }
    for (Map.Entry<Integer, Integer> outcome : wanted.entrySet()) {
      Integer qubit = found.get(outcome.getKey());
      if (qubit == null || qubit != routed.last().get(outcome.getValue())) {
        return Certificate.of(false, Certificate.Method.DISTRIBUTION);
      }
    }
    List<GateOperation> expected = new ArrayList<>();
    for (Operation operation : source) {
      if (operation instanceof GateOperation gate) {
        expected.add((GateOperation) Relabelled.of(gate, qubit -> routed.initial().get(qubit)));
      }
    }
    expected.addAll(moves(routed, compiled.qubits()));
    return UnitaryCheck.compare(expected, gates(compiled.operations()), seed);
  }

  private static List<GateOperation> gates(List<Operation> operations) {
    List<GateOperation> gates = new ArrayList<>();
    for (Operation operation : operations) {
      if (operation instanceof GateOperation gate) {
        gates.add(gate);
      }
    }
    return gates;
  }

  /// Which qubit each bit is measured from, the last time.
  private static Map<Integer, Integer> outcomes(List<Operation> operations) {
    Map<Integer, Integer> outcomes = new HashMap<>();
    for (Operation operation : operations) {
      if (operation instanceof Operation.Measure(int qubit, int bit)
          && bit != Operation.Measure.DISCARD) {
        outcomes.put(bit, qubit);
      }
    }
    return outcomes;
  }

  private static boolean measuresLast(List<Operation> operations) {
    BitSet measured = new BitSet();
    for (Operation operation : operations) {
      switch (operation) {
        case GateOperation gate -> {
          for (int i = 0; i < gate.qubitCount(); i++) {
            if (measured.get(gate.qubit(i))) {
              return false;
            }
          }
        }
        case Operation.Measure measure -> measured.set(measure.qubit());
        case Operation.Reset _, Operation.Classical _ -> {
          return false;
        }
        case Operation.Barrier _ -> {}
      }
    }
    return true;
  }

  /// Swaps that carry every qubit, the fillers too, from where it began to where it ended.
  private static List<GateOperation> moves(SabreRouter.Routed routed, int size) {
    int[] goal = routed.moves().toArray();
    int[] at = new int[size];
    Arrays.setAll(at, i -> i);
    List<GateOperation> swaps = new ArrayList<>();
    for (int place = 0; place < size; place++) {
      int from = place;
      while (goal[at[from]] != place) {
        from++;
      }
      if (from != place) {
        swaps.add(GateOperation.of(Gate.SWAP, from, place));
        int kept = at[from];
        at[from] = at[place];
        at[place] = kept;
      }
    }
    return swaps;
  }
}
