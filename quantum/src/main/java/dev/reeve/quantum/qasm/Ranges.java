package dev.reeve.quantum.qasm;

import dev.reeve.quantum.ClassicalExpression;

/// How many bits a value of the run can need, seen from its code alone.
final class Ranges {
  private Ranges() {}

  /// The number of bits of a value that cannot be negative; 64 when nothing is known of it.
  static int bits(ClassicalExpression code) {
    return switch (code) {
      case ClassicalExpression.Constant(long value) -> 64 - Long.numberOfLeadingZeros(value);
      case ClassicalExpression.Bits bits -> bits.addresses().size();
      case ClassicalExpression.Variable _ -> 64;
      case ClassicalExpression.Unary unary ->
          switch (unary.operation()) {
            case NOT -> 1;
            case POPCOUNT -> 7;
            case NEGATE, COMPLEMENT -> 64;
          };
      case ClassicalExpression.Wrap(ClassicalExpression operand, int width, boolean signed) -> {
        int inner = bits(operand);
        yield inner < width || !signed ? Math.min(inner, width) : 64;
      }
      case ClassicalExpression.Binary binary -> binary(binary);
    };
  }

  private static int binary(ClassicalExpression.Binary binary) {
    int left = bits(binary.left());
    int right = bits(binary.right());
    return switch (binary.operation()) {
      case ADD -> Math.min(64, Math.max(left, right) + 1);
      case MULTIPLY -> Math.min(64, left + right);
      case AND -> Math.min(left, right);
      case OR, XOR -> Math.max(left, right);
      case DIVIDE, REMAINDER -> left < 64 && right < 64 ? left : 64;
      case DIVIDE_UNSIGNED, REMAINDER_UNSIGNED, SHIFT_RIGHT_UNSIGNED -> left;
      case SHIFT_LEFT ->
          binary.right() instanceof ClassicalExpression.Constant(long places) && places < 64
              ? (int) Math.min(64, left + Math.max(0, places))
              : 64;
      case EQUAL,
          NOT_EQUAL,
          LESS,
          LESS_OR_EQUAL,
          LESS_UNSIGNED,
          LESS_OR_EQUAL_UNSIGNED,
          BOTH,
          EITHER ->
          1;
      case SUBTRACT, POWER, SHIFT_RIGHT -> 64;
    };
  }
}
