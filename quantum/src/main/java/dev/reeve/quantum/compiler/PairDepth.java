package dev.reeve.quantum.compiler;

import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import java.util.Arrays;
import java.util.List;

/// The longest chain of two-qubit gates that share a qubit. Of two sides of a decision the deeper
/// one counts, and the body of a loop counts once.
final class PairDepth {
  private PairDepth() {}

  static int of(Circuit circuit) {
    int[] levels = new int[circuit.qubits()];
    walk(circuit.operations(), levels);
    return Arrays.stream(levels).max().orElse(0);
  }

  private static void walk(List<Operation> operations, int[] levels) {
    for (Operation operation : operations) {
      switch (operation) {
        case GateOperation gate when gate.qubitCount() == 2 -> {
          int here = Math.max(levels[gate.qubit(0)], levels[gate.qubit(1)]) + 1;
          levels[gate.qubit(0)] = here;
          levels[gate.qubit(1)] = here;
        }
        case Operation.If branch -> {
          int[] otherwise = levels.clone();
          walk(branch.then(), levels);
          walk(branch.otherwise(), otherwise);
          Arrays.setAll(levels, qubit -> Math.max(levels[qubit], otherwise[qubit]));
        }
        case Operation.While loop -> walk(loop.body(), levels);
        case GateOperation _,
            Operation.Quantum _,
            Operation.AssignBits _,
            Operation.AssignVariable _ -> {}
      }
    }
  }
}
