package dev.reeve.quantum;

import dev.reeve.base.Check;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A gate applied to qubits, under any number of controls. Immutable and compact: a circuit may
/// hold a million of them.
public final class GateOperation implements Operation {
  private static final double[] NO_ANGLES = {};
  private static final int[] NO_CONTROLS = {};

  /// The targets of gates on one of the first qubits, which most gates are.
  private static final int[][] ONE_TARGET = new int[1 << 10][];

  static {
    for (int qubit = 0; qubit < ONE_TARGET.length; qubit++) {
      ONE_TARGET[qubit] = new int[] {qubit};
    }
  }

  private final Gate gate;
  private final double[] angles;
  private final int[] targets;

  /// Positive controls as their qubit, negative ones as its complement.
  private final int[] controls;

  private final @Nullable ComplexMatrix unitary;

  /// In place of the only angle, where inputs decide it.
  private final @Nullable OpenAngle open;

  private GateOperation(
      Gate gate, double[] angles, int[] targets, int[] controls, @Nullable ComplexMatrix unitary) {
    this(gate, angles, targets, controls, unitary, null);
  }

  private GateOperation(
      Gate gate,
      double[] angles,
      int[] targets,
      int[] controls,
      @Nullable ComplexMatrix unitary,
      @Nullable OpenAngle open) {
    this.gate = gate;
    this.angles = angles;
    this.targets = targets;
    this.controls = controls;
    this.unitary = unitary;
    this.open = open;
  }

  /// A gate without angles.
  public static GateOperation of(Gate gate, int... targets) {
    return of(gate, NO_ANGLES, targets);
  }

  /// A gate with its angles in radians.
  ///
  /// @throws IllegalArgumentException when the number of angles or targets does not fit the gate
  public static GateOperation of(Gate gate, double[] angles, int... targets) {
    Check.argument(
        angles.length == gate.angles(), "angles: %d (expected: %d)", angles.length, gate.angles());
    Check.argument(
        targets.length == gate.targets(),
        "targets: %d (expected: %d)",
        targets.length,
        gate.targets());
    double[] kept = angles.length == 0 ? NO_ANGLES : angles.clone();
    return new GateOperation(gate, kept, kept(targets), NO_CONTROLS, null);
  }

  private static int[] kept(int[] targets) {
    return targets.length == 1 && targets[0] >= 0 && targets[0] < ONE_TARGET.length
        ? ONE_TARGET[targets[0]]
        : targets.clone();
  }

  /// A unitary given by its matrix, on as many targets as the matrix has qubits; the first target
  /// is the least significant.
  public static GateOperation unitary(ComplexMatrix matrix, int... targets) {
    Check.argument(
        matrix.dimension() == 1 << targets.length,
        "targets: %d (expected: as the matrix)",
        targets.length);
    return new GateOperation(Gate.UNITARY, NO_ANGLES, targets.clone(), NO_CONTROLS, matrix);
  }

  /// A gate whose only angle inputs decide; one with a known angle when none does.
  ///
  /// @throws IllegalArgumentException for a gate with more angles or none
  public static GateOperation open(Gate gate, OpenAngle angle, int... targets) {
    Check.argument(gate.angles() == 1, "gate: %s (expected: one angle)", gate);
    GateOperation known = of(gate, new double[] {angle.offset()}, targets);
    return angle.isKnown() ? known : known.withAngle(angle);
  }

  /// Whether inputs decide its angle, so that neither [#angle] nor [#matrix] may be asked for.
  public boolean isOpen() {
    return open != null;
  }

  /// The angle, where inputs may decide it.
  ///
  /// @throws IllegalArgumentException for a gate with more angles or none
  public OpenAngle openAngle() {
    Check.argument(angles.length == 1, "gate: %s (expected: one angle)", gate);
    return open != null ? open : OpenAngle.of(angles[0]);
  }

  /// The same gate with another angle, which inputs may decide.
  ///
  /// @throws IllegalArgumentException for a gate with more angles or none
  public GateOperation withAngle(OpenAngle angle) {
    Check.argument(angles.length == 1, "gate: %s (expected: one angle)", gate);
    double[] known = {angle.isKnown() ? angle.offset() : Double.NaN};
    return new GateOperation(gate, known, targets, controls, null, angle.isKnown() ? null : angle);
  }

  /// The gate for these values of inputs, in radians.
  public GateOperation bound(Map<String, Double> inputs) {
    return withAngle(OpenAngle.of(openAngle().value(inputs)));
  }

  /// The gate that is applied.
  public Gate gate() {
    return gate;
  }

  /// One of the gate's angles, in radians.
  public double angle(int position) {
    requireKnown();
    return angles[position];
  }

  /// Number of target qubits.
  public int targetCount() {
    return targets.length;
  }

  /// A target qubit.
  public int target(int position) {
    return targets[position];
  }

  /// Number of controls.
  public int controlCount() {
    return controls.length;
  }

  /// A control's qubit.
  public int control(int position) {
    return controls[position] < 0 ? ~controls[position] : controls[position];
  }

  /// What a control's qubit must be for the gate to act: true for one.
  public boolean controlValue(int position) {
    return controls[position] >= 0;
  }

  /// Number of qubits it acts on: targets and controls.
  public int qubitCount() {
    return targets.length + controls.length;
  }

  /// A qubit it acts on, targets first.
  public int qubit(int position) {
    return position < targets.length ? targets[position] : control(position - targets.length);
  }

  /// The matrix on the targets, without the controls. Not for [Gate#GPHASE].
  public ComplexMatrix matrix() {
    requireKnown();
    return unitary != null ? unitary : GateMatrices.of(gate, angles);
  }

  private void requireKnown() {
    if (open != null) {
      throw new IllegalStateException(this + " has no angle yet");
    }
  }

  /// The same gate under one more control. A controlled global phase is a phase on the control.
  public GateOperation controlledBy(int qubit, boolean value) {
    if (gate == Gate.GPHASE && controls.length == 0 && value) {
      return new GateOperation(Gate.P, angles, new int[] {qubit}, NO_CONTROLS, null, open);
    }
    int[] more = Arrays.copyOf(controls, controls.length + 1);
    more[controls.length] = value ? qubit : ~qubit;
    return new GateOperation(gate, angles, targets, more, unitary, open);
  }

  /// The operation that undoes this one.
  public GateOperation inverse() {
    return switch (gate) {
      case I, X, Y, Z, H, SWAP -> this;
      case S -> renamed(Gate.SDG);
      case SDG -> renamed(Gate.S);
      case T -> renamed(Gate.TDG);
      case TDG -> renamed(Gate.T);
      case SX -> renamed(Gate.SXDG);
      case SXDG -> renamed(Gate.SX);
      case P, RX, RY, RZ, RXX, RYY, RZZ, GPHASE ->
          open != null ? withAngle(open.times(-1)) : withAngles(-angles[0]);
      case U -> withAngles(-angles[0], -angles[2], -angles[1], -angles[3]);
      case UNITARY -> new GateOperation(gate, angles, targets, controls, matrix().adjoint());
    };
  }

  /// The same targets and controls under another gate.
  public GateOperation withGate(Gate other, double... newAngles) {
    Check.argument(
        other.targets() == targets.length && other.angles() == newAngles.length,
        "gate: %s (expected: %d targets)",
        other,
        targets.length);
    return new GateOperation(other, newAngles.clone(), targets, controls, null);
  }

  private GateOperation renamed(Gate other) {
    return new GateOperation(other, angles, targets, controls, null);
  }

  private GateOperation withAngles(double... newAngles) {
    return new GateOperation(gate, newAngles, targets, controls, null);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GateOperation that
        && gate == that.gate
        && areSame(targets, that.targets)
        && areSame(controls, that.controls)
        && areSame(angles, that.angles)
        && Objects.equals(unitary, that.unitary)
        && Objects.equals(open, that.open);
  }

  /// For arrays of a few elements this is faster than to look for the best way to compare.
  private static boolean areSame(double[] a, double[] b) {
    if (a.length != b.length) {
      return false;
    }
    for (int i = 0; i < a.length; i++) {
      if (Double.doubleToLongBits(a[i]) != Double.doubleToLongBits(b[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean areSame(int[] a, int[] b) {
    if (a.length != b.length) {
      return false;
    }
    for (int i = 0; i < a.length; i++) {
      if (a[i] != b[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    int hash = gate.hashCode();
    for (int target : targets) {
      hash = 31 * hash + target;
    }
    for (int control : controls) {
      hash = 31 * hash + control;
    }
    for (double angle : angles) {
      hash = 31 * hash + Double.hashCode(angle);
    }
    return hash;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(gate.name());
    if (open != null) {
      text.append('[').append(open).append(']');
    } else if (angles.length > 0) {
      text.append(Arrays.toString(angles));
    }
    for (int i = 0; i < controls.length; i++) {
      text.append(controlValue(i) ? " +" : " -").append(control(i));
    }
    for (int target : targets) {
      text.append(' ').append(target);
    }
    return text.toString();
  }
}
