package dev.reeve.quantum.eigenlang;

import java.util.List;
import java.util.Optional;

/// A statement as written.
sealed interface Statement {
  int offset();

  /// `from module import names`, or `import module`.
  ///
  /// @param names empty for the module itself
  record Import(int offset, String module, List<Imported> names) implements Statement {}

  /// A name taken from a module.
  ///
  /// @param local what the program calls it
  record Imported(int offset, String name, String local) {}

  /// A function with its decorators.
  record Function(
      int offset,
      String name,
      List<Parameter> parameters,
      List<Expression> decorators,
      List<Statement> body)
      implements Statement {}

  /// A parameter of a function.
  record Parameter(int offset, String name, Optional<Expression> preset) {}

  /// `target = value`, several targets from left to right.
  record Assign(int offset, List<Expression> targets, Expression value) implements Statement {}

  /// `name += value` and its kin.
  record Update(int offset, String name, String operator, Expression value) implements Statement {}

  /// An expression for its effect.
  record Evaluate(int offset, Expression expression) implements Statement {}

  /// `return`, perhaps with a value.
  record Return(int offset, Optional<Expression> value) implements Statement {}

  /// `pass`.
  record Pass(int offset) implements Statement {}

  /// `for target in iterable`.
  record For(int offset, Expression target, Expression iterable, List<Statement> body)
      implements Statement {}

  /// `if condition`, with what follows `else` or `elif`.
  record If(int offset, Expression condition, List<Statement> then, List<Statement> otherwise)
      implements Statement {}
}
