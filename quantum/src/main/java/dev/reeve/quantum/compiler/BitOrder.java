package dev.reeve.quantum.compiler;

import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Measurements of several qubits into one bit, held in their order: what is done to a circuit
/// keeps the order on each qubit, and so it has to be said there which one comes last.
final class BitOrder {
  private BitOrder() {}

  /// The same operations, with a barrier before a measurement into a bit that another qubit was
  /// measured into.
  ///
  /// @param operations without a decision among them
  static List<Operation> held(List<Operation> operations) {
    List<Operation> out = new ArrayList<>(operations.size());
    Map<Integer, Integer> measured = new HashMap<>();
    for (Operation operation : operations) {
      if (operation instanceof Operation.Measure(int qubit, int bit)
          && bit != Operation.Measure.DISCARD) {
        Integer before = measured.put(bit, qubit);
        if (before != null && before != qubit) {
          out.add(new Operation.Barrier(Indexes.of(before, qubit)));
        }
      }
      out.add(operation);
    }
    return out;
  }
}
