package dev.reeve.quantum.compiler;

import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import java.util.List;

/// What goes wrong with a circuit of a device's gates, by the figures of its calibration. Costs add
/// up: they are logarithms of the chance that something goes right, below zero turned round.
final class GateFidelity {
  private GateFidelity() {}

  /// Cost of all gates and measurements: the chance that none goes wrong is e to the power of minus
  /// this.
  static double cost(List<Operation> operations, Calibration calibration) {
    double cost = 0;
    for (Operation operation : operations) {
      cost += cost(operation, calibration);
    }
    return cost;
  }

  private static double cost(Operation operation, Calibration calibration) {
    return switch (operation) {
      case GateOperation gate -> cost(gate, calibration);
      case Operation.Measure(int qubit, int _) -> readout(calibration.qubit(qubit));
      case Operation.Reset(int qubit) -> readout(calibration.qubit(qubit));
      case Operation.If branch ->
          Math.max(cost(branch.then(), calibration), cost(branch.otherwise(), calibration));
      case Operation.While loop -> cost(loop.body(), calibration);
      case Operation.Barrier _,
          Operation.Delay _,
          Operation.AssignBits _,
          Operation.AssignVariable _ ->
          0;
    };
  }

  private static double cost(GateOperation gate, Calibration calibration) {
    if (gate.qubitCount() == 2) {
      double flip = flip(calibration.pair(gate.qubit(0), gate.qubit(1)));
      return gate.gate() == Gate.SWAP ? 3 * flip : flip;
    }
    return gate.qubitCount() == 0 || gate.gate() == Gate.RZ
        ? 0
        : turn(calibration.qubit(gate.qubit(0)));
  }

  /// Cost of a one-qubit gate.
  static double turn(QubitCalibration qubit) {
    return -Math.log1p(-qubit.gateError());
  }

  /// Cost of a controlled flip.
  static double flip(PairCalibration pair) {
    return -Math.log1p(-pair.error());
  }

  /// Cost of a measurement.
  static double readout(QubitCalibration qubit) {
    return -Math.log1p(-qubit.readoutError());
  }
}
