package dev.reeve.quantum.qasm;

import org.jspecify.annotations.Nullable;

/// Works out the widths of types. Not thread-safe.
final class TypeWidths {
  /// Widest integer a program may declare.
  private static final int WIDTH_MAX = 64;

  private final Evaluator evaluator;
  private final Diagnostics diagnostics;
  private final Constness constness;

  TypeWidths(Evaluator evaluator, Diagnostics diagnostics, Constness constness) {
    this.evaluator = evaluator;
    this.diagnostics = diagnostics;
    this.constness = constness;
  }

  /// A type with its width worked out.
  ScalarType type(TypeSyntax syntax, Scope scope) {
    int width = width(syntax.width(), syntax, scope);
    return switch (syntax.kind()) {
      case BIT -> ScalarType.bits(Math.max(width, 1));
      case BOOL -> {
        if (syntax.width() != null) {
          throw diagnostics.invalid(syntax.offset(), "bool has no width");
        }
        yield ScalarType.BOOL;
      }
      case INT, UINT, ANGLE -> {
        requireWidth(width <= WIDTH_MAX, syntax, width, "1 to 64");
        yield new ScalarType(syntax.kind(), width);
      }
      case FLOAT -> {
        requireWidth(width == 0 || width == 32 || width == 64, syntax, width, "32 or 64");
        yield new ScalarType(syntax.kind(), width);
      }
      case DURATION -> ScalarType.DURATION;
      case COMPLEX -> {
        if (syntax.part() != null) {
          requireFloat(syntax.part(), scope);
        }
        yield ScalarType.COMPLEX;
      }
    };
  }

  private void requireFloat(TypeSyntax part, Scope scope) {
    if (part.kind() != ScalarType.Kind.FLOAT) {
      throw diagnostics.invalid(
          part.offset(),
          "the parts of a complex number are %s (expected: float)".formatted(part.kind().text()));
    }
    ScalarType _ = type(part, scope);
  }

  private int width(@Nullable Expression designator, TypeSyntax syntax, Scope scope) {
    if (designator == null) {
      return ScalarType.MACHINE;
    }
    constness.require(designator, scope);
    long width = evaluator.constantInteger(designator, scope, "the width of a type");
    requireWidth(width >= 1 && width <= Integer.MAX_VALUE, syntax, width, "1 or more");
    return (int) width;
  }

  private void requireWidth(boolean holds, TypeSyntax syntax, long width, String expected) {
    if (!holds) {
      int offset = syntax.width() == null ? syntax.offset() : syntax.width().offset();
      throw diagnostics.invalid(
          offset, "%s[%d] (expected: %s)".formatted(syntax.kind().text(), width, expected));
    }
  }
}
