package dev.reeve.quantum.compiler;

import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.Operation;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

/// A circuit on the device's qubits, and how it came there.
///
/// @param operations of the device's gates
/// @param routed where qubits began and ended, and how many swaps were put in
record Placed(List<Operation> operations, SabreRouter.Routed routed) {
  Placed {
    operations = List.copyOf(operations);
  }

  /// The same on other qubits of the device.
  ///
  /// @param goal where each qubit's operations go; every qubit once
  Placed moved(int[] goal) {
    IntUnaryOperator names = place -> goal[place];
    int[] moves = new int[goal.length];
    for (int place = 0; place < goal.length; place++) {
      moves[goal[place]] = goal[routed.moves().get(place)];
    }
    return new Placed(
        operations.stream().map(each -> Relabelled.of(each, names)).toList(),
        new SabreRouter.Routed(
            routed.operations(),
            moved(routed.initial(), names),
            moved(routed.last(), names),
            Indexes.of(moves),
            routed.swaps()));
  }

  private static Indexes moved(Indexes layout, IntUnaryOperator names) {
    return Indexes.of(Arrays.stream(layout.toArray()).map(names).toArray());
  }
}
