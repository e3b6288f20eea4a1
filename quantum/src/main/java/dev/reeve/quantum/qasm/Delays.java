package dev.reeve.quantum.qasm;

import dev.reeve.quantum.Operation;
import dev.reeve.quantum.qasm.Selection.Chosen;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Lowers `delay`, and works out lengths of time.
final class Delays {
  private final Evaluator evaluator;
  private final References references;
  private final Diagnostics diagnostics;

  Delays(Evaluator evaluator, References references, Diagnostics diagnostics) {
    this.evaluator = evaluator;
    this.references = references;
    this.diagnostics = diagnostics;
  }

  /// @param all how many qubits there are, for a delay that names none
  void lower(Statement.Delay delay, Scope scope, int all, Consumer<Operation> out) {
    // Whole femtoseconds: a decimal length is to be what it was written as.
    double nanoseconds = Math.rint(femtoseconds(delay.length(), scope)) / 1e6;
    if (nanoseconds < 0) {
      throw diagnostics.invalid(
          delay.length().offset(), "a delay of less than nothing", "as in delay[100ns] q;");
    }
    if (nanoseconds > Operation.Delay.NANOSECONDS_MAX) {
      throw diagnostics.invalid(
          delay.length().offset(), "a delay of more than 1e15 ns", "as in delay[100ns] q;");
    }
    List<Integer> qubits = new ArrayList<>();
    for (Statement.Reference each : delay.qubits()) {
      Chosen chosen = references.qubits(each, scope);
      for (int i = 0; i < chosen.indexes().size(); i++) {
        qubits.add(chosen.indexes().get(i));
      }
    }
    if (delay.qubits().isEmpty()) {
      for (int qubit = 0; qubit < all; qubit++) {
        qubits.add(qubit);
      }
    }
    // What only a schedule knows is as short as it may be.
    if (nanoseconds > 0) {
      for (int qubit : qubits) {
        out.accept(new Operation.Delay(qubit, nanoseconds));
      }
    }
  }

  /// Not a number when only a schedule knows.
  double femtoseconds(Expression length, Scope scope) {
    Value value = evaluator.evaluate(length, scope);
    Value duration = evaluator.conversions().implicit(value, ScalarType.DURATION, length.offset());
    return duration instanceof Value.RealValue known ? known.value() : Double.NaN;
  }
}
