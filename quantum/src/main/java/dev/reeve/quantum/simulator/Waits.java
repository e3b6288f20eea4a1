package dev.reeve.quantum.simulator;

import java.util.Arrays;
import java.util.List;
import java.util.function.ObjDoubleConsumer;

/// When each qubit is free, as far as operations stand in a line: how long qubits wait for others
/// follows from how long those take. A qubit that nothing has acted on yet is zero and loses
/// nothing. After a region, which may take any time, all begin anew. For one circuit and thread.
final class Waits {
  /// Shorter ones come of rounding.
  private static final double SHORTEST_NANOS = 1e-3;

  private final double[] free;
  private final double[] notBefore;
  private final boolean[] begun;
  private final ObjDoubleConsumer<Integer> waits;

  /// @param waits hears of qubits that wait, and for how many nanoseconds
  Waits(int qubits, ObjDoubleConsumer<Integer> waits) {
    free = new double[qubits];
    notBefore = new double[qubits];
    begun = new boolean[qubits];
    this.waits = waits;
  }

  /// These qubits begin something together, when all are free, that takes so long.
  void together(List<Integer> qubits, double nanos) {
    double start = 0;
    for (int qubit : qubits) {
      start = Math.max(start, Math.max(free[qubit], notBefore[qubit]));
    }
    for (int qubit : qubits) {
      if (begun[qubit] && start - free[qubit] > SHORTEST_NANOS) {
        waits.accept(qubit, start - free[qubit]);
      }
      free[qubit] = start + nanos;
      begun[qubit] = true;
    }
  }

  /// None of these begins anything before all are free.
  void align(List<Integer> qubits) {
    double start = 0;
    for (int qubit : qubits) {
      start = Math.max(start, Math.max(free[qubit], notBefore[qubit]));
    }
    for (int qubit : qubits) {
      notBefore[qubit] = start;
    }
  }

  /// The qubit is zero again.
  void fresh(int qubit) {
    begun[qubit] = false;
  }

  /// All begin anew.
  void clear() {
    Arrays.fill(free, 0);
    Arrays.fill(notBefore, 0);
    Arrays.fill(begun, false);
  }
}
