package dev.reeve.quantum.qasm;

import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.qasm.Selection.Chosen;
import dev.reeve.quantum.qasm.Statement.Reference;

/// Resolves names of registers, with what is selected of them.
final class References {
  private final Evaluator evaluator;
  private final Diagnostics diagnostics;

  References(Evaluator evaluator, Diagnostics diagnostics) {
    this.evaluator = evaluator;
    this.diagnostics = diagnostics;
  }

  Chosen qubits(Reference reference, Scope scope) {
    return switch (evaluator.symbol(reference.name(), reference.offset(), scope)) {
      case Symbol.Qubits(Indexes qubits, boolean single) ->
          choose(reference, qubits, single, scope);
      case Symbol.Broken _ -> throw diagnostics.silently();
      case Symbol.Bits _,
          Symbol.Constant _,
          Symbol.Variable _,
          Symbol.Array _,
          Symbol.Subroutine _,
          Symbol.External _,
          Symbol.Hidden _ ->
          throw diagnostics.invalid(
              reference.offset(), "\"" + reference.name() + "\" is not a qubit");
    };
  }

  Chosen bits(Reference reference, Scope scope) {
    return switch (evaluator.symbol(reference.name(), reference.offset(), scope)) {
      case Symbol.Bits(Indexes addresses, boolean single) ->
          choose(reference, addresses, single, scope);
      case Symbol.Broken _ -> throw diagnostics.silently();
      case Symbol.Qubits _,
          Symbol.Constant _,
          Symbol.Variable _,
          Symbol.Array _,
          Symbol.Subroutine _,
          Symbol.External _,
          Symbol.Hidden _ ->
          throw diagnostics.invalid(
              reference.offset(),
              "\"" + reference.name() + "\" is not a bit",
              "measurements go into bits: bit b = measure q;");
    };
  }

  private Chosen choose(Reference reference, Indexes indexes, boolean single, Scope scope) {
    return evaluator
        .selection()
        .choose(reference.name(), indexes, single, reference.selectors(), scope);
  }
}
