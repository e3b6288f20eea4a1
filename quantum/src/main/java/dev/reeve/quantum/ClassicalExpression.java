package dev.reeve.quantum;

import dev.reeve.base.Check;
import java.util.Objects;

/// A value worked out from classical memory while a circuit runs. Every value is a 64-bit integer:
/// truth is 1 and 0, signed values are sign-extended, unsigned ones zero-extended.
public sealed interface ClassicalExpression {
  /// Widest value, in bits.
  int WIDTH_MAX = 64;

  /// A fixed value.
  record Constant(long value) implements ClassicalExpression {}

  /// Bits of classical memory read as an unsigned number.
  ///
  /// @param addresses at most 64, least significant first
  record Bits(Indexes addresses) implements ClassicalExpression {
    public Bits {
      Check.argument(
          addresses.size() >= 1 && addresses.size() <= WIDTH_MAX,
          "addresses: %d (expected: 1 to 64)",
          addresses.size());
    }
  }

  /// A variable of the program.
  ///
  /// @param slot its place in variable memory
  record Variable(int slot) implements ClassicalExpression {}

  /// An operation on one value.
  record Unary(UnaryOperation operation, ClassicalExpression operand)
      implements ClassicalExpression {
    public Unary {
      Objects.requireNonNull(operation, "operation");
      Objects.requireNonNull(operand, "operand");
    }
  }

  /// An operation on two values. Both are always worked out: neither has an effect.
  record Binary(BinaryOperation operation, ClassicalExpression left, ClassicalExpression right)
      implements ClassicalExpression {
    public Binary {
      Objects.requireNonNull(operation, "operation");
      Objects.requireNonNull(left, "left");
      Objects.requireNonNull(right, "right");
    }
  }

  /// A value cut to a width, then extended again.
  ///
  /// @param width bits kept, 1 to 64
  /// @param signed whether the topmost kept bit is a sign
  record Wrap(ClassicalExpression operand, int width, boolean signed)
      implements ClassicalExpression {
    public Wrap {
      Objects.requireNonNull(operand, "operand");
      Check.argument(
          width >= 1 && width <= WIDTH_MAX, "width: %d (expected: 1 to %d)", width, WIDTH_MAX);
    }
  }

  /// Operations on one value.
  enum UnaryOperation {
    /// Arithmetic negation.
    NEGATE,
    /// Every bit flipped.
    COMPLEMENT,
    /// 1 for zero, else 0.
    NOT,
    /// Number of ones.
    POPCOUNT
  }

  /// Operations on two values; comparisons give 1 or 0.
  enum BinaryOperation {
    /// Sum.
    ADD,
    /// Difference.
    SUBTRACT,
    /// Product.
    MULTIPLY,
    /// Signed quotient, cut towards zero.
    DIVIDE,
    /// Unsigned quotient.
    DIVIDE_UNSIGNED,
    /// Signed remainder, with the sign of the dividend.
    REMAINDER,
    /// Unsigned remainder.
    REMAINDER_UNSIGNED,
    /// Power; 0 for a negative exponent unless the base is 1 or -1.
    POWER,
    /// Bitwise and.
    AND,
    /// Bitwise or.
    OR,
    /// Bitwise exclusive or.
    XOR,
    /// Left shift; 0 from 64 places on.
    SHIFT_LEFT,
    /// Right shift that keeps the sign.
    SHIFT_RIGHT,
    /// Right shift that fills with zeros.
    SHIFT_RIGHT_UNSIGNED,
    /// Equality.
    EQUAL,
    /// Inequality.
    NOT_EQUAL,
    /// Signed order.
    LESS,
    /// Signed order or equality.
    LESS_OR_EQUAL,
    /// Unsigned order.
    LESS_UNSIGNED,
    /// Unsigned order or equality.
    LESS_OR_EQUAL_UNSIGNED,
    /// 1 when neither is zero.
    BOTH,
    /// 1 when one is not zero.
    EITHER
  }
}
