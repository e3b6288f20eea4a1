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

  /// An array; its value is a literal, another array, or several joined.
  record ArrayDeclaration(
      int offset, int nameOffset, TypeSyntax.Array type, String name, @Nullable Expression value)
      implements Statement {}

  /// A value that is given to the program, when `input`, or that it gives back.
  record Passage(
      int offset,
      int nameOffset,
      boolean input,
      @Nullable TypeSyntax scalar,
      TypeSyntax.@Nullable Array array,
      String name)
      implements Statement {}

  /// @param type what it returns, if anything
  record Subroutine(
      int offset,
      int nameOffset,
      String name,
      List<Parameter> parameters,
      @Nullable TypeSyntax type,
      List<Statement> body)
      implements Statement {
    public Subroutine {
      parameters = List.copyOf(parameters);
      body = List.copyOf(body);
    }
  }

  /// A function that something outside of the program would have to offer.
  record External(int offset, int nameOffset, String name) implements Statement {}

  /// @param value what it gives back, if anything
  record Return(int offset, @Nullable Source value) implements Statement {}

  /// Something worked out for its effect, such as a call.
  record Evaluation(int offset, Expression expression) implements Statement {}

  record Switch(int offset, Expression control, List<Case> cases) implements Statement {
    public Switch {
      cases = List.copyOf(cases);
    }

    /// Whether there is anything but the last resort.
    boolean chooses() {
      return cases.stream().anyMatch(each -> !each.values().isEmpty());
    }
  }

  /// Statements between which nothing else may happen.
  record Box(int offset, @Nullable Expression length, List<Statement> body) implements Statement {
    public Box {
      body = List.copyOf(body);
    }
  }

  record Delay(int offset, Expression length, List<Reference> qubits) implements Statement {
    public Delay {
      qubits = List.copyOf(qubits);
    }
  }

  /// Qubits that are used by doing nothing.
  record Nothing(int offset, List<Reference> qubits) implements Statement {
    public Nothing {
      qubits = List.copyOf(qubits);
    }
  }

  /// What is left to others: a pragma, or the name of a pulse grammar.
  record Remark(int offset) implements Statement {}

  /// What the language has and nobody runs here.
  record NotOffered(int offset, String message, String hint) implements Statement {}

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
  ///
  /// @param length how long it may take, if that is said
  record GateCall(
      int offset,
      int nameOffset,
      String name,
      List<Modifier> modifiers,
      List<Expression> arguments,
      @Nullable Expression length,
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

    /// The same as a value.
    Expression read() {
      Expression read = new Expression.Name(offset, name);
      for (Expression.Selector selector : selectors) {
        read = new Expression.Indexed(offset, read, selector);
      }
      return read;
    }
  }

  /// One arm of a `switch`.
  ///
  /// @param values for which it is taken; empty for `default`
  record Case(int offset, List<Expression> values, List<Statement> body) {
    public Case {
      values = List.copyOf(values);
      body = List.copyOf(body);
    }
  }

  /// What a subroutine takes.
  sealed interface Parameter {
    int offset();

    String name();

    /// A value, copied.
    record Scalar(int offset, TypeSyntax type, String name) implements Parameter {}

    /// Qubits themselves.
    ///
    /// @param size of the register; none for a single qubit
    record Qubits(int offset, @Nullable Expression size, String name) implements Parameter {}

    /// An array itself.
    record Array(int offset, TypeSyntax.Array type, String name) implements Parameter {}
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
