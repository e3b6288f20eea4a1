package dev.reeve.quantum.qasm;

import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import java.util.function.Consumer;

/// Controlled flips that are right but for phases, and so need fewer two-qubit gates: three for two
/// controls, six for three.
final class RelativePhaseGates {
  private final int target;
  private final Consumer<? super GateOperation> out;

  private RelativePhaseGates(int target, Consumer<? super GateOperation> out) {
    this.target = target;
    this.out = out;
  }

  static void rccx(double[] angles, int[] qubits, Consumer<? super GateOperation> out) {
    RelativePhaseGates gates = new RelativePhaseGates(qubits[2], out);
    gates.add(Gate.H);
    gates.add(Gate.T);
    gates.flipIf(qubits[1]);
    gates.add(Gate.TDG);
    gates.flipIf(qubits[0]);
    gates.add(Gate.T);
    gates.flipIf(qubits[1]);
    gates.add(Gate.TDG);
    gates.add(Gate.H);
  }

  static void rcccx(double[] angles, int[] qubits, Consumer<? super GateOperation> out) {
    RelativePhaseGates gates = new RelativePhaseGates(qubits[3], out);
    gates.half(qubits[2]);
    for (int round = 0; round < 2; round++) {
      gates.flipIf(qubits[0]);
      gates.add(Gate.T);
      gates.flipIf(qubits[1]);
      gates.add(Gate.TDG);
    }
    gates.half(qubits[2]);
  }

  /// The stretch that opens and closes the gate with three controls.
  private void half(int control) {
    add(Gate.H);
    add(Gate.T);
    flipIf(control);
    add(Gate.TDG);
    add(Gate.H);
  }

  private void add(Gate gate) {
    out.accept(GateOperation.of(gate, target));
  }

  private void flipIf(int control) {
    out.accept(GateOperation.of(Gate.X, target).controlledBy(control, true));
  }
}
