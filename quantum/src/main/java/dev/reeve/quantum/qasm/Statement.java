package dev.reeve.quantum.qasm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A statement as written. `offset` is its first character unless said otherwise.
sealed interface Statement {
  int offset();

  /// @param file what stands between the quotes
  record Include(int offset, String file) implements Statement {}

  /// `qubit[n] name` or `qreg name[n]`.
  record QubitDeclaration(int offset, int nameOffset, String name, @Nullable Expression size)
      implements Statement {}

  /// A classical variable or constant; bits declared as `creg` have a type of kind `BIT`.
  record ClassicalDeclaration(
      int offset,
      int nameOffset,
      boolean constant,
      TypeSyntax type,
      String name,
      @Nullable Source value)
      implements Statement {}

  record GateDefinition(
      int offset,
      int nameOffset,
      String name,
      List<Formal> parameters,
      List<Formal> qubits,
      List<Statement> body)
      implements Statement {
    public GateDefinition {
      parameters = List.copyOf(parameters);
      qubits = List.copyOf(qubits);
      body = List.copyOf(body);
    }
  }

  /// A gate without a definition, in version 2.
  record OpaqueDeclaration(int offset, int nameOffset, String name) implements Statement {}

  /// `let name = a ++ b`.
  record Alias(int offset, int nameOffset, String name, List<Reference> parts)
      implements Statement {
    public Alias {
      parts = List.copyOf(parts);
    }
  }

  /// A gate applied to operands; `gphase` is one without target.
  record GateCall(
      int offset,
      int nameOffset,
      String name,
      List<Modifier> modifiers,
      List<Expression> arguments,
      List<Reference> operands)
      implements Statement {
    public GateCall {
      modifiers = List.copyOf(modifiers);
      arguments = List.copyOf(arguments);
      operands = List.copyOf(operands);
    }
  }

  /// @param target what takes the outcome, if anything does
  record Measure(int offset, Reference qubits, @Nullable Reference target) implements Statement {}

  record Reset(int offset, Reference qubits) implements Statement {}

  /// @param qubits what it spans; none means all
  record Barrier(int offset, List<Reference> qubits) implements Statement {
    public Barrier {
      qubits = List.copyOf(qubits);
    }
  }

  /// @param sign the operator of a compound assignment, if it is one
  record Assignment(
      int offset, Reference target, Expression.@Nullable BinarySign sign, Expression value)
      implements Statement {}

  record If(int offset, Expression condition, List<Statement> then, List<Statement> otherwise)
      implements Statement {
    public If {
      then = List.copyOf(then);
      otherwise = List.copyOf(otherwise);
    }
  }

  record For(
      int offset,
      TypeSyntax type,
      int nameOffset,
      String name,
      Expression.Selector values,
      List<Statement> body)
      implements Statement {
    public For {
      body = List.copyOf(body);
    }
  }

  record While(int offset, Expression condition, List<Statement> body) implements Statement {
    public While {
      body = List.copyOf(body);
    }
  }

  record Block(int offset, List<Statement> body) implements Statement {
    public Block {
      body = List.copyOf(body);
    }
  }

  record Break(int offset) implements Statement {}

  record Continue(int offset) implements Statement {}

  record End(int offset) implements Statement {}

  /// A name with what was selected of it.
  record Reference(int offset, String name, List<Expression.Selector> selectors) {
    public Reference {
      selectors = List.copyOf(selectors);
    }
  }

  /// A name in the head of a gate definition.
  record Formal(int offset, String name) {}

  /// What a declaration starts from.
  sealed interface Source {
    record Value(Expression expression) implements Source {}

    record Measurement(int offset, Reference qubits) implements Source {}
  }

  /// What stands before `@`.
  sealed interface Modifier {
    int offset();

    record Inverse(int offset) implements Modifier {}

    record Power(int offset, Expression exponent) implements Modifier {}

    /// @param value what the controls must be
    record Control(int offset, boolean value, @Nullable Expression count) implements Modifier {}
  }
}
