package dev.reeve.quantum.clifford;

import dev.reeve.quantum.ComplexMatrix;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Takes gates of the circuit model apart into Clifford gates, whatever they are called: a rotation
/// by a multiple of a quarter turn is one too. Phases of the whole state are left out.
public final class CliffordGates {
  private static final double TOLERANCE = 1e-9;

  /// One elementary gate on its qubits.
  ///
  /// @param second the other qubit; the same as the first for a gate on one
  public record Step(CliffordGate gate, int first, int second) {}

  private CliffordGates() {}

  /// The elementary gates of an operation, first to last; empty when it is no Clifford gate.
  public static Optional<List<Step>> of(GateOperation operation) {
    if (operation.gate() == Gate.GPHASE) {
      return operation.controlCount() == 0 ? Optional.of(List.of()) : Optional.empty();
    }
    return switch (operation.controlCount()) {
      case 0 -> uncontrolled(operation);
      case 1 -> controlled(operation);
      default -> Optional.empty();
    };
  }

  private static Optional<List<Step>> uncontrolled(GateOperation operation) {
    int first = operation.target(0);
    if (operation.targetCount() == 1) {
      return quick(operation.gate(), first)
          .or(() -> PauliImages.steps(operation.matrix()).map(gates -> on(first, gates)));
    }
    if (operation.targetCount() > 2) {
      return Optional.empty();
    }
    int second = operation.target(1);
    return switch (operation.gate()) {
      case SWAP -> Optional.of(List.of(new Step(CliffordGate.SWAP, first, second)));
      case RZZ -> turn(operation.angle(0)).map(turns -> parity(first, second, turns));
      case RXX ->
          turn(operation.angle(0))
              .map(turns -> between(CliffordGate.H, CliffordGate.H, first, second, turns));
      case RYY ->
          turn(operation.angle(0))
              .map(turns -> between(CliffordGate.SX, CliffordGate.SXDG, first, second, turns));
      default -> Optional.empty();
    };
  }

  /// The gates that need no look at their matrix.
  private static Optional<List<Step>> quick(Gate gate, int qubit) {
    return switch (gate) {
      case I -> Optional.of(List.of());
      case X -> one(CliffordGate.X, qubit);
      case Y -> one(CliffordGate.Y, qubit);
      case Z -> one(CliffordGate.Z, qubit);
      case H -> one(CliffordGate.H, qubit);
      case S -> one(CliffordGate.S, qubit);
      case SDG -> one(CliffordGate.SDG, qubit);
      case SX -> one(CliffordGate.SX, qubit);
      case SXDG -> one(CliffordGate.SXDG, qubit);
      case T, TDG, P, RX, RY, RZ, U, SWAP, RXX, RYY, RZZ, GPHASE, UNITARY -> Optional.empty();
    };
  }

  private static Optional<List<Step>> one(CliffordGate gate, int qubit) {
    return Optional.of(List.of(new Step(gate, qubit, qubit)));
  }

  private static List<Step> on(int qubit, List<CliffordGate> gates) {
    return gates.stream().map(gate -> new Step(gate, qubit, qubit)).toList();
  }

  /// A Pauli operator under a control, with a phase of quarter turns, which falls on the control.
  private static Optional<List<Step>> controlled(GateOperation operation) {
    if (operation.targetCount() != 1) {
      return Optional.empty();
    }
    ComplexMatrix m = operation.matrix();
    int control = operation.control(0);
    int target = operation.target(0);
    List<Step> steps = new ArrayList<>();
    double re;
    double im;
    if (Math.hypot(m.re(0, 1), m.im(0, 1)) < TOLERANCE) {
      re = m.re(0, 0);
      im = m.im(0, 0);
      if (isEqual(m.re(1, 1), m.im(1, 1), -re, -im)) {
        steps.add(new Step(CliffordGate.CZ, control, target));
      } else if (!isEqual(m.re(1, 1), m.im(1, 1), re, im)) {
        return Optional.empty();
      }
    } else if (Math.hypot(m.re(0, 0), m.im(0, 0)) < TOLERANCE) {
      re = m.re(1, 0);
      im = m.im(1, 0);
      if (isEqual(m.re(0, 1), m.im(0, 1), re, im)) {
        steps.add(new Step(CliffordGate.CX, control, target));
      } else if (isEqual(m.re(0, 1), m.im(0, 1), -re, -im)) {
        steps.add(new Step(CliffordGate.CY, control, target));
        // Y has i below the diagonal.
        double turned = re;
        re = im;
        im = -turned;
      } else {
        return Optional.empty();
      }
    } else {
      return Optional.empty();
    }
    Optional<Integer> turns = turn(Math.atan2(im, re));
    if (turns.isEmpty()) {
      return Optional.empty();
    }
    steps.addAll(phase(control, turns.get()));
    if (!operation.controlValue(0)) {
      Step flip = new Step(CliffordGate.X, control, control);
      steps.addFirst(flip);
      steps.addLast(flip);
    }
    return Optional.of(List.copyOf(steps));
  }

  private static boolean isEqual(double re, double im, double otherRe, double otherIm) {
    return Math.abs(re - otherRe) < TOLERANCE && Math.abs(im - otherIm) < TOLERANCE;
  }

  /// How many quarter turns an angle is, 0 to 3; empty when it is none.
  private static Optional<Integer> turn(double angle) {
    double turns = angle / (Math.PI / 2);
    double whole = Math.rint(turns);
    return Math.abs(turns - whole) < TOLERANCE * Math.max(1, Math.abs(turns))
        ? Optional.of((int) Math.floorMod((long) whole, 4L))
        : Optional.empty();
  }

  /// diag(1, i) to a power, up to phase.
  private static List<Step> phase(int qubit, int turns) {
    return switch (turns) {
      case 1 -> List.of(new Step(CliffordGate.S, qubit, qubit));
      case 2 -> List.of(new Step(CliffordGate.Z, qubit, qubit));
      case 3 -> List.of(new Step(CliffordGate.SDG, qubit, qubit));
      default -> List.of();
    };
  }

  /// A rotation about ZZ by quarter turns.
  private static List<Step> parity(int first, int second, int turns) {
    List<Step> steps = new ArrayList<>();
    steps.add(new Step(CliffordGate.CX, first, second));
    steps.addAll(phase(second, turns));
    steps.add(new Step(CliffordGate.CX, first, second));
    return List.copyOf(steps);
  }

  /// The same about another axis: turned to Z and back.
  private static List<Step> between(
      CliffordGate there, CliffordGate back, int first, int second, int turns) {
    List<Step> steps = new ArrayList<>();
    steps.add(new Step(there, first, first));
    steps.add(new Step(there, second, second));
    steps.addAll(parity(first, second, turns));
    steps.add(new Step(back, first, first));
    steps.add(new Step(back, second, second));
    return List.copyOf(steps);
  }
}
