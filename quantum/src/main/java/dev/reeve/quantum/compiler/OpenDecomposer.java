package dev.reeve.quantum.compiler;

import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.OpenAngle;
import dev.reeve.quantum.Operation;
import java.util.Arrays;
import java.util.function.Consumer;

/// Takes gates apart whose angle inputs decide: what is left of them are turns of one qubit without
/// controls, among gates that are known. Phases of the whole are left out.
final class OpenDecomposer {
  private final Consumer<GateOperation> known;
  private final Consumer<Operation> out;

  /// @param known takes known gates apart
  /// @param out takes what is not to be taken apart further
  OpenDecomposer(Consumer<GateOperation> known, Consumer<Operation> out) {
    this.known = known;
    this.out = out;
  }

  /// @param controls all of them positive
  void controlled(GateOperation gate, int[] controls) {
    OpenAngle angle = gate.openAngle();
    switch (gate.gate()) {
      case GPHASE -> phase(angle, controls);
      case P -> {
        int[] qubits = Arrays.copyOf(controls, controls.length + 1);
        qubits[controls.length] = gate.target(0);
        phase(angle, qubits);
      }
      case RZ -> aboutZ(angle, gate.target(0), controls);
      case RX -> aboutX(gate, Gate.H, Gate.H, controls);
      case RY -> aboutX(gate, Gate.SX, Gate.SXDG, controls);
      case RZZ -> parity(gate, Gate.I, Gate.I, controls);
      case RXX -> parity(gate, Gate.H, Gate.H, controls);
      case RYY -> parity(gate, Gate.SX, Gate.SXDG, controls);
      case I, X, Y, Z, H, S, SDG, T, TDG, SX, SXDG, U, SWAP, UNITARY ->
          throw new IllegalStateException(gate + " has no single angle");
    }
  }

  /// A turn about another axis: without controls it stays, else it is one about Z between gates
  /// that turn the axes.
  private void aboutX(GateOperation gate, Gate there, Gate back, int[] controls) {
    int target = gate.target(0);
    if (controls.length == 0) {
      out.accept(gate);
      return;
    }
    known.accept(GateOperation.of(there, target));
    aboutZ(gate.openAngle(), target, controls);
    known.accept(GateOperation.of(back, target));
  }

  private void parity(GateOperation gate, Gate there, Gate back, int[] controls) {
    int first = gate.target(0);
    int second = gate.target(1);
    known.accept(GateOperation.of(there, first));
    known.accept(GateOperation.of(there, second));
    flip(second, first);
    aboutZ(gate.openAngle(), second, controls);
    flip(second, first);
    known.accept(GateOperation.of(back, first));
    known.accept(GateOperation.of(back, second));
  }

  /// Half a turn there and half a turn back, which are a whole one where a flip stands between.
  private void aboutZ(OpenAngle angle, int target, int[] controls) {
    if (controls.length == 0) {
      out.accept(GateOperation.open(Gate.RZ, angle, target));
      return;
    }
    out.accept(GateOperation.open(Gate.RZ, angle.times(0.5), target));
    flip(target, controls);
    out.accept(GateOperation.open(Gate.RZ, angle.times(-0.5), target));
    flip(target, controls);
  }

  /// A phase of the part of the state in which all of these are one.
  private void phase(OpenAngle angle, int[] qubits) {
    if (qubits.length > 0) {
      int last = qubits.length - 1;
      int[] rest = Arrays.copyOf(qubits, last);
      aboutZ(angle, qubits[last], rest);
      phase(angle.times(0.5), rest);
    }
  }

  private void flip(int target, int... controls) {
    GateOperation flip = GateOperation.of(Gate.X, target);
    for (int control : controls) {
      flip = flip.controlledBy(control, true);
    }
    known.accept(flip);
  }
}
