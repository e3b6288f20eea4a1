package dev.reeve.quantum;

import java.util.List;

/// Sizes of a circuit that users compare.
///
/// Depth is the longest chain of gates, measurements and resets that share a qubit or classical
/// bit; barriers order without counting, and delays do not count. Where the circuit branches the
/// deeper side counts, and the body of a loop counts once, since nobody knows how often it runs.
///
/// @param depth longest chain
/// @param gates gates of any size
/// @param twoQubitGates gates on exactly two qubits, controls counted as qubits
/// @param largerGates gates on three qubits or more
public record CircuitMetrics(int depth, int gates, int twoQubitGates, int largerGates) {

  /// Measures a circuit.
  public static CircuitMetrics of(Circuit circuit) {
    Counter counter = new Counter();
    counter.count(circuit.operations());
    DepthMeter meter = new DepthMeter(circuit);
    meter.walk(circuit.operations());
    return new CircuitMetrics(
        meter.depth(), counter.gates, counter.twoQubitGates, counter.largerGates);
  }

  private static final class Counter {
    private int gates;
    private int twoQubitGates;
    private int largerGates;

    void count(List<Operation> operations) {
      for (Operation operation : operations) {
        switch (operation) {
          case GateOperation gate -> count(gate);
          case Operation.If branch -> {
            count(branch.then());
            count(branch.otherwise());
          }
          case Operation.While loop -> count(loop.body());
          case Operation.Quantum _, Operation.AssignBits _, Operation.AssignVariable _ -> {}
        }
      }
    }

    private void count(GateOperation gate) {
      if (gate.qubitCount() > 0) {
        gates++;
      }
      if (gate.qubitCount() == 2) {
        twoQubitGates++;
      } else if (gate.qubitCount() > 2) {
        largerGates++;
      }
    }
  }
}
