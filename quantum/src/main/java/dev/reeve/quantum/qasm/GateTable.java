package dev.reeve.quantum.qasm;

import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.qasm.GateSymbol.Emitter;
import dev.reeve.quantum.qasm.GateSymbol.Library;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// A library of gates under construction. Controls come before targets, as in the language.
final class GateTable {
  private final String source;
  private final Map<String, Library> gates = new TreeMap<>();
  private boolean replaceable;

  GateTable(String source) {
    this.source = source;
  }

  /// From here on a program may put its own definition in the place of a gate.
  GateTable replaceableFromHere() {
    replaceable = true;
    return this;
  }

  GateTable add(String name, int parameters, int qubits, Emitter emitter) {
    gates.put(name, new Library(name, parameters, qubits, emitter, source, replaceable));
    return this;
  }

  /// A gate of the model under its name in the language.
  GateTable plain(String name, Gate gate) {
    return controlled(name, 0, gate);
  }

  /// A gate of the model under a number of controls.
  GateTable controlled(String name, int controls, Gate gate) {
    return add(
        name,
        gate.angles(),
        controls + gate.targets(),
        (angles, qubits, out) -> out.accept(operation(gate, angles, controls, qubits)));
  }

  static GateOperation operation(Gate gate, double[] angles, int controls, int[] qubits) {
    GateOperation operation =
        GateOperation.of(
            gate,
            angles,
            controls == 0 ? qubits : Arrays.copyOfRange(qubits, controls, qubits.length));
    for (int i = controls - 1; i >= 0; i--) {
      operation = operation.controlledBy(qubits[i], true);
    }
    return operation;
  }

  /// The general one-qubit gate with a phase of its own.
  static GateOperation general(
      double theta, double phi, double lambda, double gamma, int controls, int... qubits) {
    return operation(Gate.U, new double[] {theta, phi, lambda, gamma}, controls, qubits);
  }

  Map<String, Library> build() {
    return Collections.unmodifiableMap(gates);
  }
}
