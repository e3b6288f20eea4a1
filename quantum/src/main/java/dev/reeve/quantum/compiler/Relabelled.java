package dev.reeve.quantum.compiler;

import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.Operation;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/// Operations on other qubits.
public final class Relabelled {
  private Relabelled() {}

  /// The same operation on the qubits that these are called now.
  public static Operation of(Operation operation, IntUnaryOperator names) {
    return switch (operation) {
      case GateOperation gate -> gate(gate, names);
      case Operation.Measure(int qubit, int bit) ->
          new Operation.Measure(names.applyAsInt(qubit), bit);
      case Operation.Delay(int qubit, double nanoseconds) ->
          new Operation.Delay(names.applyAsInt(qubit), nanoseconds);
      case Operation.Reset(int qubit) -> new Operation.Reset(names.applyAsInt(qubit));
      case Operation.Barrier(Indexes qubits) ->
          new Operation.Barrier(
              Indexes.of(
                  IntStream.range(0, qubits.size())
                      .map(i -> names.applyAsInt(qubits.get(i)))
                      .toArray()));
      case Operation.Classical classical ->
          throw new IllegalStateException(classical + " in a circuit without decisions");
    };
  }

  private static GateOperation gate(GateOperation gate, IntUnaryOperator names) {
    int[] targets = new int[gate.targetCount()];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = names.applyAsInt(gate.target(i));
    }
    GateOperation moved;
    if (gate.gate() == Gate.UNITARY) {
      moved = GateOperation.unitary(gate.matrix(), targets);
    } else if (gate.isOpen()) {
      moved = GateOperation.open(gate.gate(), gate.openAngle(), targets);
    } else {
      double[] angles = new double[gate.gate().angles()];
      for (int i = 0; i < angles.length; i++) {
        angles[i] = gate.angle(i);
      }
      moved = GateOperation.of(gate.gate(), angles, targets);
    }
    for (int i = 0; i < gate.controlCount(); i++) {
      moved = moved.controlledBy(names.applyAsInt(gate.control(i)), gate.controlValue(i));
    }
    return moved;
  }
}
