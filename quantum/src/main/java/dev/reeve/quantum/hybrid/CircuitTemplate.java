package dev.reeve.quantum.hybrid;

import dev.reeve.base.Check;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// A circuit some of whose angles are parameters: made once, bound as often as values are tried.
/// Immutable.
///
/// @param circuit the circuit with every open angle at 0
/// @param parameters names, in the order in which values are given
/// @param slots where the parameters stand, by operation
public record CircuitTemplate(Circuit circuit, List<String> parameters, List<Slot> slots) {
  /// An angle that follows a parameter: factor times its value, plus an offset.
  ///
  /// @param operation index among the operations of the circuit itself, a gate with one angle
  /// @param parameter index among the names
  /// @param factor finite
  /// @param offset in radians, finite
  public record Slot(int operation, int parameter, double factor, double offset) {
    public Slot {
      Check.argument(operation >= 0, "operation: %d (expected: >= 0)", operation);
      Check.argument(parameter >= 0, "parameter: %d (expected: >= 0)", parameter);
      Check.argument(Double.isFinite(factor), "factor: %s (expected: finite)", factor);
      Check.argument(Double.isFinite(offset), "offset: %s (expected: finite)", offset);
    }

    /// The angle for a value of the parameter, in radians.
    public double angle(double value) {
      return factor * value + offset;
    }
  }

  public CircuitTemplate {
    Objects.requireNonNull(circuit, "circuit");
    parameters = List.copyOf(parameters);
    slots = List.copyOf(slots);
    for (Slot slot : slots) {
      Check.argument(
          slot.parameter < parameters.size(),
          "parameter: %d (expected: below %d)",
          slot.parameter,
          parameters.size());
      Check.argument(
          slot.operation < circuit.operations().size()
              && circuit.operations().get(slot.operation) instanceof GateOperation gate
              && gate.gate().angles() == 1,
          "operation: %d (expected: a gate with one angle)",
          slot.operation);
    }
  }

  /// A circuit without parameters.
  public static CircuitTemplate of(Circuit circuit) {
    return new CircuitTemplate(circuit, List.of(), List.of());
  }

  /// The circuit with a value for each parameter, in the order of their names.
  ///
  /// @throws IllegalArgumentException when there are more or fewer values than parameters
  public Circuit bind(double... values) {
    Check.argument(
        values.length == parameters.size(),
        "values: %d (expected: %d)",
        values.length,
        parameters.size());
    if (slots.isEmpty()) {
      return circuit;
    }
    List<Operation> operations = new ArrayList<>(circuit.operations());
    for (Slot slot : slots) {
      GateOperation gate = (GateOperation) operations.get(slot.operation);
      double angle = slot.angle(values[slot.parameter]);
      operations.set(slot.operation, gate.withGate(gate.gate(), angle));
    }
    return new Circuit(
        circuit.qubits(),
        circuit.bits(),
        circuit.variables(),
        circuit.qubitRegisters(),
        circuit.bitRegisters(),
        operations);
  }
}
