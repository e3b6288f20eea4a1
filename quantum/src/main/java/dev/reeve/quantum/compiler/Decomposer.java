package dev.reeve.quantum.compiler;

import dev.reeve.quantum.ComplexMatrix;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.QuantumProblems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Takes every gate apart into gates on one qubit and controlled flips (Barenco and others 1995).
/// Phases of the whole circuit are left out. With the controls of a flip or of a rotation the gates
/// grow in proportion, with those of another gate as their square.
public final class Decomposer {
  /// More controls would make a circuit that nobody can run.
  private static final int CONTROLS_MAX = 64;

  /// Up to so many controls a gate is had for less by its roots.
  private static final int ROOTS_CONTROLS_MAX = 4;

  /// What a circuit may grow to: controls multiply gates.
  private static final int GATES_MAX = 5_000_000;

  private static final double TOLERANCE = 1e-12;

  private final List<Operation> out = new ArrayList<>();
  private final ControlledFlips flips;

  private Decomposer(int qubits) {
    this.flips = new ControlledFlips(out, qubits);
  }

  /// The operations with every gate taken apart: one-qubit gates, some of them as matrices, and
  /// controlled flips.
  ///
  /// @param qubits of the circuit
  /// @throws dev.reeve.base.ProblemException `CIRCUIT_NOT_COMPILABLE` for what only a simulator can
  ///   do
  public static List<Operation> decompose(List<Operation> operations, int qubits) {
    List<Operation> gates = decompose(operations, qubits, GATES_MAX);
    if (gates.size() > GATES_MAX) {
      throw QuantumProblems.CIRCUIT_NOT_COMPILABLE
          .because("gates: more than " + GATES_MAX + " once taken apart (expected: fewer)")
          .toException();
    }
    return gates;
  }

  /// How many operations there will be; something above the most when there are more.
  static int count(List<Operation> operations, int qubits, int most) {
    return decompose(operations, qubits, most).size();
  }

  /// @param most when there are more, the rest is left out
  private static List<Operation> decompose(List<Operation> operations, int qubits, int most) {
    Decomposer decomposer = new Decomposer(qubits);
    for (Operation operation : operations) {
      if (decomposer.out.size() > most) {
        break;
      }
      switch (operation) {
        case GateOperation gate -> decomposer.gate(gate);
        case Operation.Quantum quantum -> decomposer.out.add(quantum);
        case Operation.Classical classical ->
            throw QuantumProblems.CIRCUIT_NOT_COMPILABLE
                .because(
                    classical.getClass().getSimpleName().toLowerCase(Locale.ROOT)
                        + ": decisions while the circuit runs are not compiled (expected: gates,"
                        + " measurements, resets)")
                .toException();
      }
    }
    return decomposer.out;
  }

  private void gate(GateOperation operation) {
    int controls = operation.controlCount();
    if (controls > CONTROLS_MAX) {
      throw QuantumProblems.CIRCUIT_NOT_COMPILABLE
          .because("controls: " + controls + " (expected: at most " + CONTROLS_MAX + ")")
          .toException();
    }
    int[] positive = new int[controls];
    for (int i = 0; i < controls; i++) {
      positive[i] = operation.control(i);
      if (!operation.controlValue(i)) {
        flip(positive[i]);
      }
    }
    if (operation.isOpen()) {
      new OpenDecomposer(this::gate, out::add).controlled(operation, positive);
    } else {
      controlled(operation, positive);
    }
    for (int i = 0; i < controls; i++) {
      if (!operation.controlValue(i)) {
        flip(positive[i]);
      }
    }
  }

  /// The gate under these controls, all of them positive.
  private void controlled(GateOperation operation, int[] controls) {
    switch (operation.gate()) {
      case I -> {}
      case GPHASE -> phase(operation.angle(0), controls);
      case SWAP -> swap(operation.target(0), operation.target(1), controls);
      case RZZ -> parityRotation(operation, Gate.I, Gate.I, controls);
      case RXX -> parityRotation(operation, Gate.H, Gate.H, controls);
      case RYY -> parityRotation(operation, Gate.SX, Gate.SXDG, controls);
      case X, Y, Z, H, S, SDG, T, TDG, SX, SXDG, P, RX, RY, RZ, U ->
          oneQubit(operation.matrix(), operation.target(0), controls);
      case UNITARY -> {
        switch (operation.targetCount()) {
          case 1 -> oneQubit(operation.matrix(), operation.target(0), controls);
          case 2 -> pair(operation, controls);
          default ->
              throw QuantumProblems.CIRCUIT_NOT_COMPILABLE
                  .because(
                      "a power of a gate on "
                          + operation.targetCount()
                          + " qubits (expected: one on 1 or 2)")
                  .toException();
        }
      }
    }
  }

  /// A matrix on two qubits: the gates that it is made of, each under the controls, and the phase
  /// that those lack.
  private void pair(GateOperation operation, int[] controls) {
    int first = operation.target(0);
    Matrix4 wanted = new Matrix4();
    for (int cell = 0; cell < 16; cell++) {
      wanted.re[cell] = operation.matrix().re(cell / 4, cell % 4);
      wanted.im[cell] = operation.matrix().im(cell / 4, cell % 4);
    }
    Matrix4 built = Matrix4.identity();
    WeylDecomposition parts = WeylDecomposition.of(wanted);
    for (Operation part : PairSynthesis.build(parts, first, operation.target(1))) {
      GateOperation gate = (GateOperation) part;
      built.then(gate, first);
      for (int control : controls) {
        gate = gate.controlledBy(control, true);
      }
      gate(gate);
    }
    if (controls.length > 0) {
      phase(built.phaseTo(wanted), controls);
    }
  }

  private void flip(int qubit) {
    out.add(GateOperation.of(Gate.X, qubit));
  }

  private void flip(int control, int target) {
    out.add(GateOperation.of(Gate.X, target).controlledBy(control, true));
  }

  /// A phase of the part of the state in which all of these are one.
  private void phase(double angle, int[] qubits) {
    if (qubits.length > 0) {
      int last = qubits.length - 1;
      oneQubit(
          GateOperation.of(Gate.P, new double[] {angle}, qubits[last]).matrix(),
          qubits[last],
          Arrays.copyOf(qubits, last));
    }
  }

  private void swap(int first, int second, int[] controls) {
    int[] more = Arrays.copyOf(controls, controls.length + 1);
    more[controls.length] = first;
    flip(second, first);
    oneQubit(GateOperation.of(Gate.X, second).matrix(), second, more);
    flip(second, first);
  }

  /// A rotation about ZZ, between gates that turn another axis to Z and back.
  private void parityRotation(GateOperation operation, Gate there, Gate back, int[] controls) {
    int first = operation.target(0);
    int second = operation.target(1);
    out.add(GateOperation.of(there, first));
    out.add(GateOperation.of(there, second));
    flip(first, second);
    oneQubit(
        GateOperation.of(Gate.RZ, new double[] {operation.angle(0)}, second).matrix(),
        second,
        controls);
    flip(first, second);
    out.add(GateOperation.of(back, first));
    out.add(GateOperation.of(back, second));
  }

  private void oneQubit(ComplexMatrix matrix, int target, int[] controls) {
    switch (controls.length) {
      case 0 -> out.add(GateOperation.unitary(matrix, target));
      case 1 -> controlledByOne(matrix, controls[0], target);
      default -> {
        if (isFlip(matrix) && flips.canBorrow(controls.length)) {
          flips.add(controls, target);
        } else {
          controlledByMany(matrix, target, controls);
        }
      }
    }
  }

  private void controlledByMany(ComplexMatrix matrix, int target, int[] controls) {
    AxisTurn turn = AxisTurn.of(matrix);
    if (!flips.canBorrow(controls.length)) {
      byRoots(matrix, target, controls);
    } else if (turn.isReflection()) {
      reflect(turn.fromFlip(), target, controls);
    } else if (controls.length <= ROOTS_CONTROLS_MAX) {
      byRoots(matrix, target, controls);
    } else {
      turn(turn, target, controls);
    }
  }

  /// A flip between gates that turn it into another half turn and back.
  private void reflect(ComplexMatrix fromFlip, int target, int[] controls) {
    out.add(GateOperation.unitary(fromFlip, target));
    flips.add(controls, target);
    out.add(GateOperation.unitary(fromFlip, target));
  }

  /// Half the turn forth and half of it back, which a half turn across the axis makes the same
  /// direction while all controls are one. The phase falls on the controls.
  private void turn(AxisTurn turn, int target, int[] controls) {
    if (turn.halfAngle() > TOLERANCE) {
      reflect(turn.fromFlipAcross(), target, controls);
      out.add(GateOperation.unitary(turn.turn(-turn.halfAngle() / 2), target));
      reflect(turn.fromFlipAcross(), target, controls);
      out.add(GateOperation.unitary(turn.turn(turn.halfAngle() / 2), target));
    }
    if (Math.abs(turn.phase()) > TOLERANCE) {
      phase(turn.phase(), controls);
    }
  }

  private static boolean isFlip(ComplexMatrix matrix) {
    return matrix.distance(GateOperation.of(Gate.X, 0).matrix()) < TOLERANCE;
  }

  /// `U = e^(i a) Rz(b) Ry(c) Rz(d)` under one control, by two flips.
  private void controlledByOne(ComplexMatrix matrix, int control, int target) {
    if (isFlip(matrix)) {
      flip(control, target);
      return;
    }
    EulerAngles angles = EulerAngles.of(matrix);
    double beta = angles.phi();
    double delta = angles.lambda();
    // The angles of U leave e^(i (phi + lambda) / 2) more than Rz Ry Rz does.
    double phase = angles.phase() + (beta + delta) / 2;
    rotate(Gate.RZ, (delta - beta) / 2, target);
    if (Math.abs(angles.theta()) > TOLERANCE || Math.abs(beta + delta) > TOLERANCE) {
      flip(control, target);
      rotate(Gate.RZ, -(delta + beta) / 2, target);
      rotate(Gate.RY, -angles.theta() / 2, target);
      flip(control, target);
      rotate(Gate.RY, angles.theta() / 2, target);
    }
    rotate(Gate.RZ, beta, target);
    rotate(Gate.P, phase, control);
  }

  private void rotate(Gate gate, double angle, int qubit) {
    if (Math.abs(angle) > TOLERANCE) {
      out.add(GateOperation.of(gate, new double[] {angle}, qubit));
    }
  }

  /// By the square root of the gate under one control, and one control fewer for the rest.
  private void byRoots(ComplexMatrix matrix, int target, int[] controls) {
    int last = controls[controls.length - 1];
    int[] rest = Arrays.copyOf(controls, controls.length - 1);
    ComplexMatrix root = EulerAngles.squareRoot(matrix);
    controlledByOne(root, last, target);
    flips.add(rest, last);
    controlledByOne(root.adjoint(), last, target);
    flips.add(rest, last);
    oneQubit(root, target, rest);
  }
}
