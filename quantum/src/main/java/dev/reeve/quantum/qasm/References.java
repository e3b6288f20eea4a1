package dev.reeve.quantum.qasm;

import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.qasm.Expression.Selector;
import dev.reeve.quantum.qasm.Selection.Chosen;
import dev.reeve.quantum.qasm.Statement.Reference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Resolves names of registers, with what is selected of them.
final class References {
  private final Evaluator evaluator;
  private final Diagnostics diagnostics;

  References(Evaluator evaluator, Diagnostics diagnostics) {
    this.evaluator = evaluator;
    this.diagnostics = diagnostics;
  }

  Chosen qubits(Reference reference, Scope scope) {
    return switch (evaluator.names().symbol(reference.name(), reference.offset(), scope)) {
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

  /// The qubits that are named one by one, as `q[3]` or by a name of their own; null when some are
  /// named in another way.
  int @Nullable [] plainQubits(List<Reference> references, Scope scope) {
    int[] plain = new int[references.size()];
    for (int i = 0; i < plain.length; i++) {
      plain[i] = plainQubit(references.get(i), scope);
      if (plain[i] < 0) {
        return null;
      }
    }
    return plain;
  }

  private int plainQubit(Reference reference, Scope scope) {
    if (!(scope.find(reference.name()) instanceof Symbol.Qubits(Indexes qubits, boolean single))) {
      return -1;
    }
    if (single) {
      return reference.selectors().isEmpty() ? qubits.get(0) : -1;
    }
    return reference.selectors().size() == 1
            && reference.selectors().getFirst() instanceof Selector.At(int _, Expression index)
            && index instanceof Expression.IntegerLiteral(int _, long position)
            && position < qubits.size()
            && evaluator.isPlain()
        ? qubits.get((int) position)
        : -1;
  }

  Chosen bits(Reference reference, Scope scope) {
    return switch (evaluator.names().symbol(reference.name(), reference.offset(), scope)) {
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
