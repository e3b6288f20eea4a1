package dev.reeve.quantum.qasm;

import dev.reeve.quantum.qasm.Expression.Selector;
import org.jspecify.annotations.Nullable;

/// Requires that an expression is constant: made of literals and of names declared as `const`. That
/// a variable happens to be known while a program is lowered is not enough.
final class Constness {
  private final Diagnostics diagnostics;

  Constness(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  void require(@Nullable Expression expression, Scope scope) {
    switch (expression) {
      case null -> {}
      case Expression.Name(int offset, String name) -> {
        Symbol symbol = scope.find(name);
        if (symbol instanceof Symbol.Variable || symbol instanceof Symbol.Bits) {
          throw diagnostics.invalid(
              offset, "\"" + name + "\" is not constant", "declare it as const");
        }
      }
      case Expression.Unary unary -> require(unary.operand(), scope);
      case Expression.Binary binary -> {
        require(binary.left(), scope);
        require(binary.right(), scope);
      }
      case Expression.Call call -> call.arguments().forEach(each -> require(each, scope));
      case Expression.Cast cast -> require(cast.operand(), scope);
      case Expression.Indexed indexed -> {
        require(indexed.base(), scope);
        if (indexed.selector() instanceof Selector.At at) {
          require(at.index(), scope);
        }
      }
      case Expression.Concatenation joined -> joined.parts().forEach(each -> require(each, scope));
      case Expression.ArrayLiteral _,
          Expression.IntegerLiteral _,
          Expression.RealLiteral _,
          Expression.ImaginaryLiteral _,
          Expression.DurationLiteral _,
          Expression.DurationOf _,
          Expression.BooleanLiteral _,
          Expression.BitsLiteral _ -> {}
    }
  }
}
