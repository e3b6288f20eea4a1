package dev.reeve.quantum.compiler;

import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.OpenAngle;
import dev.reeve.quantum.Operation;
import java.util.ArrayList;
import java.util.List;

/// Writes one-qubit gates as `rz`, `sx` and `x`: at most two of `sx`, which cost time, among turns
/// about Z, which cost none.
final class BasisTranslator {
  private static final double TOLERANCE = 1e-9;

  private final List<Operation> out = new ArrayList<>();

  private BasisTranslator() {}

  static List<Operation> translate(List<Operation> operations) {
    BasisTranslator translator = new BasisTranslator();
    for (Operation operation : operations) {
      if (operation instanceof GateOperation gate && gate.isOpen()) {
        translator.open(gate);
      } else if (operation instanceof GateOperation gate && gate.qubitCount() == 1) {
        translator.oneQubit(EulerAngles.of(gate.matrix()), gate.target(0));
      } else {
        translator.out.add(operation);
      }
    }
    return OpenTurns.merge(translator.out);
  }

  /// A turn about an axis by an angle that inputs decide, up to a phase: about Z it takes no `sx`.
  private void open(GateOperation gate) {
    int qubit = gate.target(0);
    switch (gate.gate()) {
      case RZ, P -> out.add(GateOperation.open(Gate.RZ, gate.openAngle(), qubit));
      case RX -> open(gate.openAngle(), -Math.PI / 2, Math.PI / 2, qubit);
      case RY -> open(gate.openAngle(), 0, 0, qubit);
      case I, X, Y, Z, H, S, SDG, T, TDG, SX, SXDG, U, SWAP, RXX, RYY, RZZ, GPHASE, UNITARY ->
          throw new IllegalStateException(gate + " was not taken apart");
    }
  }

  private void open(OpenAngle theta, double phi, double lambda, int qubit) {
    turn(lambda, qubit);
    out.add(GateOperation.of(Gate.SX, qubit));
    out.add(GateOperation.open(Gate.RZ, theta.plus(OpenAngle.of(Math.PI)), qubit));
    out.add(GateOperation.of(Gate.SX, qubit));
    turn(phi + Math.PI, qubit);
  }

  private void oneQubit(EulerAngles angles, int qubit) {
    double theta = angles.theta();
    double phi = angles.phi();
    double lambda = angles.lambda();
    if (Math.abs(theta) < TOLERANCE) {
      turn(phi + lambda, qubit);
    } else if (Math.abs(theta - Math.PI) < TOLERANCE) {
      out.add(GateOperation.of(Gate.X, qubit));
      turn(phi - lambda - Math.PI, qubit);
    } else if (Math.abs(theta - Math.PI / 2) < TOLERANCE) {
      turn(lambda - Math.PI / 2, qubit);
      out.add(GateOperation.of(Gate.SX, qubit));
      turn(phi + Math.PI / 2, qubit);
    } else {
      turn(lambda, qubit);
      out.add(GateOperation.of(Gate.SX, qubit));
      turn(theta + Math.PI, qubit);
      out.add(GateOperation.of(Gate.SX, qubit));
      turn(phi + Math.PI, qubit);
    }
  }

  private void turn(double angle, int qubit) {
    double turned = EulerAngles.turned(angle);
    if (Math.abs(turned) > TOLERANCE) {
      out.add(GateOperation.of(Gate.RZ, new double[] {turned}, qubit));
    }
  }
}
