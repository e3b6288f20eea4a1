package dev.reeve.quantum.compiler;

import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.OpenAngle;
import dev.reeve.quantum.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Adds up turns about one axis that stand beside each other on a qubit, where inputs decide at
/// least one of them.
final class OpenTurns {
  private OpenTurns() {}

  /// The same list where there is none.
  static List<Operation> merge(List<Operation> operations) {
    if (operations.stream()
        .noneMatch(each -> each instanceof GateOperation gate && gate.isOpen())) {
      return operations;
    }
    List<@Nullable Operation> out = new ArrayList<>(operations.size());
    Map<Integer, Integer> last = new HashMap<>();
    for (Operation operation : operations) {
      Integer before =
          operation instanceof GateOperation gate && isTurn(gate) ? last.get(gate.target(0)) : null;
      if (before != null
          && operation instanceof GateOperation gate
          && out.get(before) instanceof GateOperation earlier
          && isSameAxis(earlier, gate)
          && (earlier.isOpen() || gate.isOpen())) {
        OpenAngle sum = earlier.openAngle().plus(gate.openAngle());
        boolean gone = sum.isKnown() && Math.IEEEremainder(sum.offset(), 2 * Math.PI) == 0;
        out.set(before, gone ? null : GateOperation.open(gate.gate(), sum, gate.target(0)));
        if (gone) {
          last.remove(gate.target(0));
        }
      } else {
        int index = out.size();
        out.add(operation);
        Qubits.each(operation, (_, qubit) -> last.put(qubit, index));
      }
    }
    List<Operation> kept = new ArrayList<>(out.size());
    for (Operation operation : out) {
      if (operation != null) {
        kept.add(operation);
      }
    }
    return kept;
  }

  private static boolean isSameAxis(GateOperation first, GateOperation second) {
    return isTurn(first) && axis(first.gate()) == axis(second.gate());
  }

  private static boolean isTurn(GateOperation gate) {
    return gate.qubitCount() == 1
        && switch (gate.gate()) {
          case RX, RY, RZ, P -> true;
          case I, X, Y, Z, H, S, SDG, T, TDG, SX, SXDG, U, SWAP, RXX, RYY, RZZ, GPHASE, UNITARY ->
              false;
        };
  }

  /// A phase is a turn about Z, up to a phase of the whole.
  private static Gate axis(Gate gate) {
    return gate == Gate.P ? Gate.RZ : gate;
  }
}
