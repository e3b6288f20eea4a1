package dev.reeve.quantum.compiler;

import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Makes three controlled flips of each swap. The first and the last are the same, and go away with
/// a flip of the same pair that stands beside them: so they are put the way round that such a flip
/// has.
final class SwapExpander {
  /// Flips further on are not looked for.
  private static final int REACH = 16;

  private SwapExpander() {}

  static List<Operation> expand(List<Operation> operations, int qubits) {
    List<Operation> out = new ArrayList<>();
    int[] last = new int[qubits];
    Arrays.fill(last, -1);
    for (int i = 0; i < operations.size(); i++) {
      Operation operation = operations.get(i);
      if (operation instanceof GateOperation gate && gate.gate() == Gate.SWAP) {
        int control = control(gate, before(gate, last, out), operations, i);
        int target = gate.target(0) == control ? gate.target(1) : gate.target(0);
        out.add(flip(control, target));
        out.add(flip(target, control));
        out.add(flip(control, target));
      } else {
        out.add(operation);
      }
      Qubits.each(operation, (_, qubit) -> last[qubit] = out.size() - 1);
    }
    return out;
  }

  private static GateOperation flip(int control, int target) {
    return GateOperation.of(Gate.X, target).controlledBy(control, true);
  }

  /// The operation right before a swap, when it is one on the same pair.
  private static Optional<Operation> before(GateOperation swap, int[] last, List<Operation> out) {
    int index = last[swap.target(0)];
    return index >= 0 && index == last[swap.target(1)]
        ? Optional.of(out.get(index))
        : Optional.empty();
  }

  private static int control(
      GateOperation swap, Optional<Operation> before, List<Operation> operations, int index) {
    if (before.isPresent() && before.get() instanceof GateOperation gate && isFlipOf(gate, swap)) {
      return gate.control(0);
    }
    for (int i = index + 1; i < Math.min(operations.size(), index + REACH); i++) {
      if (operations.get(i) instanceof GateOperation gate && isFlipOf(gate, swap)) {
        return gate.control(0);
      }
    }
    return swap.target(0);
  }

  private static boolean isFlipOf(GateOperation gate, GateOperation swap) {
    if (gate.gate() != Gate.X || gate.controlCount() != 1) {
      return false;
    }
    int low = Math.min(swap.target(0), swap.target(1));
    int high = Math.max(swap.target(0), swap.target(1));
    return Math.min(gate.target(0), gate.control(0)) == low
        && Math.max(gate.target(0), gate.control(0)) == high;
  }
}
