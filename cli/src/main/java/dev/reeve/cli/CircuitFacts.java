package dev.reeve.cli;

import com.google.gson.JsonObject;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.CircuitMetrics;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.Register;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/// What people compare circuits by.
///
/// @param counts how often each kind of operation is in it, by name; a `c` for each control
record CircuitFacts(
    int qubits, int bits, CircuitMetrics metrics, SortedMap<String, Integer> counts) {

  static CircuitFacts of(Circuit circuit) {
    SortedMap<String, Integer> counts = new TreeMap<>();
    count(circuit.operations(), counts);
    return new CircuitFacts(
        circuit.qubits(),
        circuit.bitRegisters().stream().mapToInt(Register::size).sum(),
        CircuitMetrics.of(circuit),
        counts);
  }

  private static void count(List<Operation> operations, SortedMap<String, Integer> counts) {
    for (Operation operation : operations) {
      counts.merge(name(operation), 1, Integer::sum);
      switch (operation) {
        case Operation.If branch -> {
          count(branch.then(), counts);
          count(branch.otherwise(), counts);
        }
        case Operation.While loop -> count(loop.body(), counts);
        case GateOperation _,
            Operation.Quantum _,
            Operation.AssignBits _,
            Operation.AssignVariable _ -> {}
      }
    }
  }

  private static String name(Operation operation) {
    return switch (operation) {
      case GateOperation gate ->
          "c".repeat(gate.controlCount()) + gate.gate().name().toLowerCase(Locale.ROOT);
      case Operation.Measure _ -> "measure";
      case Operation.Reset _ -> "reset";
      case Operation.Barrier _ -> "barrier";
      case Operation.Delay _ -> "delay";
      case Operation.AssignBits _, Operation.AssignVariable _ -> "assign";
      case Operation.If _ -> "if";
      case Operation.While _ -> "while";
    };
  }

  JsonObject json() {
    JsonObject object = new JsonObject();
    object.addProperty("qubits", qubits);
    object.addProperty("bits", bits);
    object.addProperty("gates", metrics.gates());
    object.addProperty("two_qubit_gates", metrics.twoQubitGates());
    object.addProperty("larger_gates", metrics.largerGates());
    object.addProperty("depth", metrics.depth());
    JsonObject operations = new JsonObject();
    counts.forEach(operations::addProperty);
    object.add("operations", operations);
    return object;
  }
}
