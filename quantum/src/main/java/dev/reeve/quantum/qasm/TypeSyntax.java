package dev.reeve.quantum.qasm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A classical type as written.
///
/// @param width the designator in brackets, if there is one
/// @param part the type of both parts of a complex number, if it is written
record TypeSyntax(
    int offset, ScalarType.Kind kind, @Nullable Expression width, @Nullable TypeSyntax part) {
  TypeSyntax(int offset, ScalarType.Kind kind, @Nullable Expression width) {
    this(offset, kind, width, null);
  }

  /// The type of an array as written.
  ///
  /// @param sizes of each dimension; empty when only their number is given
  /// @param dimensions their number, when it is given
  /// @param changeable whether a subroutine may write to it
  record Array(
      int offset,
      TypeSyntax element,
      List<Expression> sizes,
      @Nullable Expression dimensions,
      boolean changeable) {
    public Array {
      sizes = List.copyOf(sizes);
    }
  }
}
