package dev.reeve.quantum.clifford;

import dev.reeve.quantum.ComplexMatrix;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Takes gates of the circuit model apart into Clifford gates, whatever they are called: a rotation
/// by a multiple of a quarter turn is one too, as near to it as numbers are written. Phases of the
/// whole state are left out.
public final class CliffordGates {
  /// Furthest that all gates of a circuit together may be from the Clifford gates in their place,
  /// in radians: no probability of an outcome is off by more.
  public static final double ERROR_MAX = 1e-7;

  /// Furthest that one gate may be.
  private static final double TOLERANCE = 1e-9;

  /// Less than this is rounding of a number that was meant to be exact.
  private static final double ROUNDING = 1e-13;

  /// One elementary gate on its qubits.
  ///
  /// @param second the other qubit; the same as the first for a gate on one
  public record Step(CliffordGate gate, int first, int second) {}

  /// Elementary gates in place of one.
  ///
  /// @param steps first to last
  /// @param error at least the angle between the gate and these, in radians; 0 but for rounding
  ///   where the gate is exactly one of them
  public record Parts(List<Step> steps, double error) {
    public Parts {
      steps = List.copyOf(steps);
      error = error < ROUNDING ? 0 : error;
    }
  }

  private CliffordGates() {}

  /// The elementary gates of an operation; empty when it is no Clifford gate.
  public static Optional<Parts> of(GateOperation operation) {
    if (operation.gate() == Gate.GPHASE) {
      return operation.controlCount() == 0
          ? Optional.of(new Parts(List.of(), 0))
          : Optional.empty();
    }
    Optional<Parts> parts =
        switch (operation.controlCount()) {
          case 0 -> uncontrolled(operation);
          case 1 -> controlled(operation);
          default -> Optional.empty();
        };
    return parts.filter(each -> each.error <= TOLERANCE);
  }

  private static Optional<Parts> uncontrolled(GateOperation operation) {
    int first = operation.target(0);
    if (operation.targetCount() == 1) {
      return quick(operation.gate(), first)
          .or(() ->
              PauliImages.near(operation.matrix(), TOLERANCE)
                  .map(near -> new Parts(on(first, near.gates()), near.error())));
    }
    if (operation.targetCount() > 2) {
      return Optional.empty();
    }
    int second = operation.target(1);
    return switch (operation.gate()) {
      case SWAP -> exactly(List.of(new Step(CliffordGate.SWAP, first, second)));
      case RZZ -> {
        Turns turns = Turns.of(operation.angle(0));
        yield Optional.of(new Parts(parity(first, second, turns.quarters), turns.error));
      }
      case RXX -> between(CliffordGate.H, CliffordGate.H, operation);
      case RYY -> between(CliffordGate.SX, CliffordGate.SXDG, operation);
      default -> Optional.empty();
    };
  }

  private static Optional<Parts> exactly(List<Step> steps) {
    return Optional.of(new Parts(steps, 0));
  }

  /// The gates that need no look at their matrix.
  private static Optional<Parts> quick(Gate gate, int qubit) {
    return switch (gate) {
      case I -> exactly(List.of());
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

  private static Optional<Parts> one(CliffordGate gate, int qubit) {
    return exactly(List.of(new Step(gate, qubit, qubit)));
  }

  private static List<Step> on(int qubit, List<CliffordGate> gates) {
    return gates.stream().map(gate -> new Step(gate, qubit, qubit)).toList();
  }

  /// A Pauli operator under a control, with a phase of quarter turns, which falls on the control.
  private static Optional<Parts> controlled(GateOperation operation) {
    if (operation.targetCount() != 1) {
      return Optional.empty();
    }
    ComplexMatrix m = operation.matrix();
    int control = operation.control(0);
    int target = operation.target(0);
    boolean diagonal = Math.hypot(m.re(0, 0), m.im(0, 0)) > Math.hypot(m.re(0, 1), m.im(0, 1));
    int row = diagonal ? 0 : 1;
    double re = m.re(row, 0);
    double im = m.im(row, 0);
    double otherRe = m.re(1 - row, 1);
    double otherIm = m.im(1 - row, 1);
    boolean opposite = re * otherRe + im * otherIm < 0;
    List<Step> steps = new ArrayList<>();
    double error = 2 * Math.hypot(m.re(1 - row, 0), m.im(1 - row, 0));
    int sign = opposite ? -1 : 1;
    error += Math.hypot(re - sign * otherRe, im - sign * otherIm);
    Turns turns = Turns.of(Math.atan2(im, re));
    if (!diagonal) {
      steps.add(new Step(opposite ? CliffordGate.CY : CliffordGate.CX, control, target));
      // Y has i below the diagonal.
      turns = opposite ? turns.less(1) : turns;
    } else if (opposite) {
      steps.add(new Step(CliffordGate.CZ, control, target));
    }
    steps.addAll(phase(control, turns.quarters));
    if (!operation.controlValue(0)) {
      Step flip = new Step(CliffordGate.X, control, control);
      steps.addFirst(flip);
      steps.addLast(flip);
    }
    return Optional.of(new Parts(steps, error + turns.error));
  }

  /// An angle as quarter turns, and how far it is from them.
  ///
  /// @param quarters 0 to 3
  private record Turns(int quarters, double error) {
    static Turns of(double angle) {
      double whole = Math.rint(angle / (Math.PI / 2));
      double rounding = Math.abs(angle) * 1e-16;
      return new Turns(
          (int) Math.floorMod((long) whole, 4L),
          Math.abs(angle - whole * (Math.PI / 2)) + rounding);
    }

    Turns less(int count) {
      return new Turns(Math.floorMod(quarters - count, 4), error);
    }
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
  private static Optional<Parts> between(
      CliffordGate there, CliffordGate back, GateOperation operation) {
    int first = operation.target(0);
    int second = operation.target(1);
    Turns turns = Turns.of(operation.angle(0));
    List<Step> steps = new ArrayList<>();
    steps.add(new Step(there, first, first));
    steps.add(new Step(there, second, second));
    steps.addAll(parity(first, second, turns.quarters));
    steps.add(new Step(back, first, first));
    steps.add(new Step(back, second, second));
    return Optional.of(new Parts(steps, turns.error));
  }
}
