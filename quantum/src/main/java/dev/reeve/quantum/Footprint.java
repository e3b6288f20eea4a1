package dev.reeve.quantum;

import java.util.BitSet;
import java.util.List;

/// What a stretch of operations touches, regions included.
///
/// @param qubits qubits of gates, measurements and resets; barriers and delays do not count
/// @param delayed qubits of delays
/// @param bitsRead classical bits that some expression reads
/// @param bitsWritten classical bits that may be written
public record Footprint(BitSet qubits, BitSet delayed, BitSet bitsRead, BitSet bitsWritten) {
  /// Whether a qubit is acted on.
  ///
  /// @param waiting whether delays act too, as they do where idle qubits go wrong
  public boolean actsOn(int qubit, boolean waiting) {
    return qubits.get(qubit) || (waiting && delayed.get(qubit));
  }

  /// The footprint of these operations.
  public static Footprint of(List<Operation> operations) {
    Footprint footprint = new Footprint(new BitSet(), new BitSet(), new BitSet(), new BitSet());
    footprint.add(operations);
    return footprint;
  }

  /// Adds what one more operation touches.
  public void add(Operation operation) {
    switch (operation) {
      case GateOperation gate -> {
        for (int i = 0; i < gate.qubitCount(); i++) {
          qubits.set(gate.qubit(i));
        }
      }
      case Operation.Measure(int qubit, int bit) -> {
        qubits.set(qubit);
        if (bit != Operation.Measure.DISCARD) {
          bitsWritten.set(bit);
        }
      }
      case Operation.Reset(int qubit) -> qubits.set(qubit);
      case Operation.Barrier _ -> {}
      case Operation.Delay(int qubit, double _) -> delayed.set(qubit);
      case Operation.AssignBits(Indexes bits, ClassicalExpression value) -> {
        for (int i = 0; i < bits.size(); i++) {
          bitsWritten.set(bits.get(i));
        }
        read(value);
      }
      case Operation.AssignVariable assign -> read(assign.value());
      case Operation.If(
              ClassicalExpression condition,
              List<Operation> then,
              List<Operation> otherwise) -> {
        read(condition);
        add(then);
        add(otherwise);
      }
      case Operation.While(ClassicalExpression condition, List<Operation> body, int _) -> {
        read(condition);
        add(body);
      }
    }
  }

  private void add(List<Operation> operations) {
    operations.forEach(this::add);
  }

  private void read(ClassicalExpression expression) {
    switch (expression) {
      case ClassicalExpression.Bits(Indexes addresses) -> {
        for (int i = 0; i < addresses.size(); i++) {
          bitsRead.set(addresses.get(i));
        }
      }
      case ClassicalExpression.Unary unary -> read(unary.operand());
      case ClassicalExpression.Binary binary -> {
        read(binary.left());
        read(binary.right());
      }
      case ClassicalExpression.Wrap wrap -> read(wrap.operand());
      case ClassicalExpression.Constant _, ClassicalExpression.Variable _ -> {}
    }
  }
}
