package dev.reeve.quantum.hybrid;

import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.QuantumProblems;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Finds the places of a program's parameters in its circuit, by moving one parameter at a time and
/// looking which angles follow; then holds the template against the program at another point.
final class FoundTemplates {
  private static final double STEP = 0.5;
  private static final double TOLERANCE = 1e-9;

  private FoundTemplates() {}

  /// @param circuit the program's circuit for values, in the order of the names
  /// @param values to begin with
  /// @throws dev.reeve.base.ProblemException `MINIMIZE_INVALID` when parameters are elsewhere than
  ///   in angles of gates outside of regions
  static CircuitTemplate of(
      Function<double[], Circuit> circuit, List<String> names, double[] values) {
    Circuit base = circuit.apply(values);
    List<CircuitTemplate.Slot> slots = new ArrayList<>();
    for (int parameter = 0; parameter < names.size(); parameter++) {
      double[] moved = values.clone();
      moved[parameter] += STEP;
      Circuit other = circuit.apply(moved);
      collect(base, other, parameter, values[parameter], slots);
    }
    CircuitTemplate template = new CircuitTemplate(base, names, slots);
    double[] elsewhere = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      elsewhere[i] = values[i] + 0.1 + 0.7 * Math.sin(i + 1);
    }
    Circuit wanted = circuit.apply(elsewhere);
    if (!isSame(template.bind(elsewhere).operations(), wanted.operations())) {
      throw elsewhere(names);
    }
    return template;
  }

  private static void collect(
      Circuit base, Circuit other, int parameter, double value, List<CircuitTemplate.Slot> slots) {
    int size = Math.min(base.operations().size(), other.operations().size());
    for (int i = 0; i < size; i++) {
      if (base.operations().get(i) instanceof GateOperation before
          && other.operations().get(i) instanceof GateOperation after
          && before.gate().angles() == 1
          && after.gate() == before.gate()
          && before.angle(0) != after.angle(0)) {
        double factor = (after.angle(0) - before.angle(0)) / STEP;
        slots.add(new CircuitTemplate.Slot(i, parameter, factor, before.angle(0) - factor * value));
      }
    }
  }

  private static boolean isSame(List<Operation> left, List<Operation> right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      Operation a = left.get(i);
      Operation b = right.get(i);
      boolean near =
          a instanceof GateOperation first
              && b instanceof GateOperation second
              && first.gate() == second.gate()
              && first.gate().angles() == 1
              && Math.abs(first.angle(0) - second.angle(0)) <= TOLERANCE
              && first.withGate(first.gate(), 0).equals(second.withGate(second.gate(), 0));
      if (!near && !a.equals(b)) {
        return false;
      }
    }
    return true;
  }

  private static RuntimeException elsewhere(List<String> names) {
    return QuantumProblems.MINIMIZE_INVALID
        .field(
            "parameters",
            String.join(", ", names),
            "each in angles of rotations, outside of regions")
        .toException();
  }
}
