package dev.reeve.quantum.compiler;

import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.CircuitMetrics;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import java.util.ArrayList;
import java.util.List;

/// Makes circuits shorter without a device in mind: any qubit may meet any other. No operation
/// passes a decision. Immutable; the same circuit and level give the same output.
public final class CircuitOptimizer {
  private CircuitOptimizer() {}

  /// What one pass left.
  ///
  /// @param name of the pass
  /// @param gates gates after it
  /// @param twoQubitGates those on two qubits
  public record PassReport(String name, int gates, int twoQubitGates) {}

  /// A shorter circuit, or the source where there is none.
  ///
  /// @param circuit one-qubit gates by their names, and controlled flips
  /// @param before sizes of the source
  /// @param after sizes of the circuit
  /// @param passes what each did, in order
  /// @param certificate whether it was seen to do what the source does
  public record Optimized(
      Circuit circuit,
      CircuitMetrics before,
      CircuitMetrics after,
      List<PassReport> passes,
      Certificate certificate) {
    public Optimized {
      passes = List.copyOf(passes);
    }
  }

  /// @throws dev.reeve.base.ProblemException `CIRCUIT_NOT_COMPILABLE` for what only a simulator can
  ///   do, `CIRCUIT_MISCOMPILED` when the output was seen to be wrong
  public static Optimized optimize(Circuit source, CompileLevel level) {
    List<PassReport> passes = new ArrayList<>();
    int qubits = source.qubits();
    List<Operation> operations =
        Stretch.map(source.operations(), stretch -> Decomposer.decompose(stretch, qubits));
    passes.add(report("decompose", operations));
    if (level.resynthesizes()) {
      operations = Stretch.map(operations, stretch -> PhaseFolding.fold(stretch, qubits));
      passes.add(report("fold phases", operations));
    }
    if (level.simplifies()) {
      operations = Stretch.map(operations, stretch -> Simplifier.simplify(stretch, qubits));
      passes.add(report("merge and cancel", operations));
    }
    if (level.resynthesizes()) {
      operations = Stretch.map(operations, stretch -> Resynthesis.shorten(stretch, qubits));
      passes.add(report("resynthesize pairs", operations));
      operations = Stretch.map(operations, stretch -> Simplifier.simplify(stretch, qubits));
      passes.add(report("merge and cancel", operations));
    }
    operations = Stretch.map(operations, OneQubitGates::named);
    Circuit shorter =
        new Circuit(
            source.qubits(),
            source.bits(),
            source.variables(),
            source.qubitRegisters(),
            source.bitRegisters(),
            operations);
    CircuitMetrics before = CircuitMetrics.of(source);
    CircuitMetrics after = CircuitMetrics.of(shorter);
    if (before.largerGates() == 0 && !isShorter(after, before)) {
      passes.add(report("keep the source: it is as short", source.operations()));
      shorter = source;
      after = before;
    }
    return new Optimized(
        shorter,
        before,
        after,
        passes,
        CircuitCompiler.sound(CircuitEquivalence.compare(source, shorter, Tolerance.COMPILED)));
  }

  /// Gates on two qubits count first: they take longest and fail most.
  private static boolean isShorter(CircuitMetrics after, CircuitMetrics before) {
    return after.twoQubitGates() < before.twoQubitGates()
        || (after.twoQubitGates() == before.twoQubitGates() && after.gates() < before.gates());
  }

  private static PassReport report(String name, List<Operation> operations) {
    int gates = 0;
    int pairs = 0;
    for (Operation operation : Stretch.joined(operations)) {
      if (operation instanceof GateOperation gate) {
        gates++;
        pairs += gate.qubitCount() == 2 ? 1 : 0;
      }
    }
    return new PassReport(name, gates, pairs);
  }
}
