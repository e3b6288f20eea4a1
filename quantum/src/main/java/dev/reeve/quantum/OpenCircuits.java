package dev.reeve.quantum;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/// Operations whose angles inputs decide, see [OpenAngle].
public final class OpenCircuits {
  private OpenCircuits() {}

  /// The inputs that decide some angle, regions included.
  public static SortedSet<String> inputs(List<Operation> operations) {
    SortedSet<String> names = new TreeSet<>();
    collect(operations, names);
    return names;
  }

  private static void collect(List<Operation> operations, SortedSet<String> names) {
    for (Operation operation : operations) {
      switch (operation) {
        case GateOperation gate -> {
          if (gate.isOpen()) {
            names.addAll(gate.openAngle().factors().keySet());
          }
        }
        case Operation.If branch -> {
          collect(branch.then(), names);
          collect(branch.otherwise(), names);
        }
        case Operation.While loop -> collect(loop.body(), names);
        case Operation.Quantum _, Operation.AssignBits _, Operation.AssignVariable _ -> {}
      }
    }
  }

  /// The same operations for these values of the inputs, in radians.
  ///
  /// @throws IllegalArgumentException when one has no value
  public static List<Operation> bind(List<Operation> operations, Map<String, Double> values) {
    List<Operation> bound = new ArrayList<>(operations.size());
    for (Operation operation : operations) {
      bound.add(
          switch (operation) {
            case GateOperation gate -> gate.isOpen() ? gate.bound(values) : gate;
            case Operation.If(var condition, var then, var otherwise) ->
                new Operation.If(condition, bind(then, values), bind(otherwise, values));
            case Operation.While(var condition, var body, int iterationsMax) ->
                new Operation.While(condition, bind(body, values), iterationsMax);
            case Operation.Quantum _, Operation.AssignBits _, Operation.AssignVariable _ ->
                operation;
          });
    }
    return bound;
  }

  /// The same circuit for these values of the inputs, in radians.
  public static Circuit bind(Circuit circuit, Map<String, Double> values) {
    return circuit.with(bind(circuit.operations(), values));
  }
}
