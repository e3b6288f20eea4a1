package dev.reeve.quantum.simulator;

import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.Register;
import dev.reeve.quantum.ResultLayout;
import java.util.ArrayList;
import java.util.List;

/// A circuit that has a result: the given one, or with a measurement of every qubit at its end when
/// the program writes no classical bit that a result would show.
///
/// @param added whether the measurements were added
record Measured(Circuit circuit, boolean added) {
  static Measured of(Circuit circuit) {
    if (circuit.qubits() == 0 || ResultLayout.of(circuit).width() > 0) {
      return new Measured(circuit, false);
    }
    int first = circuit.bits();
    List<Operation> operations = new ArrayList<>(circuit.operations());
    for (int qubit = 0; qubit < circuit.qubits(); qubit++) {
      operations.add(new Operation.Measure(qubit, first + qubit));
    }
    Circuit measured =
        new Circuit(
            circuit.qubits(),
            first + circuit.qubits(),
            circuit.variables(),
            circuit.qubitRegisters(),
            List.of(new Register("measured", first, circuit.qubits())),
            operations);
    return new Measured(measured, true);
  }
}
