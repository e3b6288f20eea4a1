package dev.reeve.quantum.compiler;

import dev.reeve.base.ProblemException;
import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.Footprint;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.simulator.FinalStates;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/// Compares what two circuits leave in their qubits for each outcome, number by number, begun with
/// all of them at zero. Qubits that one of them lacks are zero there.
final class FinalStateCheck {
  /// How far density matrices may be apart: rounding of many steps is well below.
  private static final double DISTANCE_MAX = 1e-9;

  /// Steps times entries: a few seconds.
  private static final long WORK_MAX = 1L << 30;

  private FinalStateCheck() {}

  /// Empty when they are too wide or have too many branches.
  static Optional<Boolean> compare(Circuit first, Circuit second) {
    BitSet touched = Footprint.of(first.operations()).qubits();
    touched.or(Footprint.of(second.operations()).qubits());
    int qubits = Math.max(1, touched.cardinality());
    if (qubits > FinalStates.QUBITS_MAX) {
      return Optional.empty();
    }
    try {
      FinalStates one = states(first, touched, qubits);
      FinalStates other = states(second, touched, qubits);
      return Optional.of(one.distance(other) < DISTANCE_MAX);
    } catch (ProblemException _) {
      return Optional.empty();
    }
  }

  private static FinalStates states(Circuit circuit, BitSet touched, int qubits) {
    int[] names = new int[touched.length()];
    int next = 0;
    for (int qubit = touched.nextSetBit(0); qubit >= 0; qubit = touched.nextSetBit(qubit + 1)) {
      names[qubit] = next++;
    }
    List<Operation> operations =
        Stretch.map(
            circuit.operations(),
            stretch ->
                stretch.stream()
                    .filter(FinalStateCheck::acts)
                    .map(operation -> Relabelled.of(operation, qubit -> names[qubit]))
                    .toList());
    return FinalStates.of(
        new Circuit(
            qubits,
            circuit.bits(),
            circuit.variables(),
            List.of(),
            circuit.bitRegisters(),
            operations),
        WORK_MAX,
        CancelSignal.NEVER);
  }

  private static boolean acts(Operation operation) {
    return !(operation instanceof Operation.Barrier || operation instanceof Operation.Delay);
  }
}
