package dev.reeve.quantum.qasm;

import dev.reeve.quantum.ClassicalExpression;

/// How integers of different widths and signs go together, after the rules of C.
final class Integers {
  private Integers() {}

  /// The type two operands are brought to. Bits and truth count as unsigned.
  static ScalarType common(ScalarType left, ScalarType right) {
    ScalarType a = promoted(left);
    ScalarType b = promoted(right);
    if (a.kind() == b.kind()) {
      return a.effectiveWidth() > b.effectiveWidth() || a.width() == ScalarType.MACHINE ? a : b;
    }
    ScalarType signed = a.isSigned() ? a : b;
    ScalarType unsigned = a.isSigned() ? b : a;
    return signed.effectiveWidth() > unsigned.effectiveWidth() ? signed : unsigned;
  }

  /// Bits and truth as the numbers they stand for: a sum of two bits is two, not zero.
  private static ScalarType promoted(ScalarType type) {
    return switch (type.kind()) {
      case BIT, BOOL -> new ScalarType(ScalarType.Kind.UINT, 32);
      case INT, UINT, FLOAT, ANGLE, COMPLEX, DURATION -> type;
    };
  }

  /// Cuts a value to what its type can hold.
  static long wrap(long value, ScalarType type) {
    int unused = 64 - type.effectiveWidth();
    long shifted = value << unused;
    return type.isSigned() ? shifted >> unused : shifted >>> unused;
  }

  /// The same, for a value that is worked out when the circuit runs.
  static ClassicalExpression wrap(ClassicalExpression code, ScalarType type) {
    return type.effectiveWidth() == ClassicalExpression.WIDTH_MAX
        ? code
        : new ClassicalExpression.Wrap(code, type.effectiveWidth(), type.isSigned());
  }

  static boolean fits(long value, ScalarType type) {
    return type.effectiveWidth() == 64 ? type.isSigned() || value >= 0 : wrap(value, type) == value;
  }
}
