package dev.reeve.quantum.eigenlang;

import java.util.List;
import java.util.Optional;

/// An expression as written. `depth` counts nodes within nodes, so that no walk over the tree goes
/// deeper than the parser let it grow.
sealed interface Expression {
  int offset();

  int depth();

  /// A name.
  record Name(int offset, int depth, String name) implements Expression {}

  /// A constant.
  record Constant(int offset, int depth, Value value) implements Expression {}

  /// `function(arguments)`.
  record Call(int offset, int depth, Expression function, List<Argument> arguments)
      implements Expression {}

  /// An argument of a call.
  ///
  /// @param name of a keyword argument
  record Argument(Optional<String> name, Expression value) {}

  /// `target.name`.
  record Attribute(int offset, int depth, Expression target, String name) implements Expression {}

  /// `target[index]`.
  record Subscript(int offset, int depth, Expression target, Expression index)
      implements Expression {}

  /// `[items]` or `(items)`.
  record Sequence(int offset, int depth, List<Expression> items, boolean tuple)
      implements Expression {}

  /// `{key: value}`.
  record Mapping(int offset, int depth, List<Expression> keys, List<Expression> values)
      implements Expression {}

  /// One operator between two operands, comparisons and `and`, `or` among them.
  record Binary(int offset, int depth, String operator, Expression left, Expression right)
      implements Expression {}

  /// `+`, `-`, `~` or `not` before an operand.
  record Unary(int offset, int depth, String operator, Expression operand) implements Expression {}
}
