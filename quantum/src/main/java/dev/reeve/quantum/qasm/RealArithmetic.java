package dev.reeve.quantum.qasm;

import dev.reeve.quantum.qasm.Expression.BinarySign;
import dev.reeve.quantum.qasm.ScalarType.Kind;
import dev.reeve.quantum.qasm.Value.IntegerValue;
import dev.reeve.quantum.qasm.Value.RealValue;

/// Operations on known numbers of which at least one is a float or an angle.
final class RealArithmetic {
  private final Diagnostics diagnostics;

  RealArithmetic(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  Value binary(BinarySign sign, Value left, Value right, int offset) {
    double a = number(left, sign, offset);
    double b = number(right, sign, offset);
    boolean angles = isAngle(left) || isAngle(right);
    return switch (sign) {
      case ADD -> angles ? angle(a + b, left, right) : finite(a + b, offset);
      case SUBTRACT -> angles ? angle(a - b, left, right) : finite(a - b, offset);
      case MULTIPLY -> multiply(left, right, a, b, offset);
      case DIVIDE -> divide(left, right, a, b, offset);
      case POWER -> finite(Math.pow(a, b), offset);
      case REMAINDER -> {
        requireDivisor(b, offset);
        yield finite(a % b, offset);
      }
      case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> {
        double x = angles ? Angles.of(a, type(left, right)).value() : a;
        double y = angles ? Angles.of(b, type(left, right)).value() : b;
        yield KnownArithmetic.compare(sign, Double.compare(x, y));
      }
      case BOTH, EITHER, AND, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT ->
          throw diagnostics.invalid(
              offset,
              "\"%s\" between %s and %s"
                  .formatted(sign.text(), left.type().shown(), right.type().shown()));
    };
  }

  /// An angle times a whole number is an angle; times anything else it is a plain number.
  private Value multiply(Value left, Value right, double a, double b, int offset) {
    boolean scaled =
        (isAngle(left) && right instanceof IntegerValue)
            || (left instanceof IntegerValue && isAngle(right));
    return scaled ? angle(a * b, left, right) : finite(a * b, offset);
  }

  private Value divide(Value left, Value right, double a, double b, int offset) {
    requireDivisor(b, offset);
    if (isAngle(left) && isAngle(right)) {
      return new IntegerValue(ScalarType.UINT, (long) Math.floor(a / b));
    }
    return isAngle(left) && right instanceof IntegerValue
        ? angle(a / b, left, right)
        : finite(a / b, offset);
  }

  private static Value angle(double radians, Value left, Value right) {
    return Angles.of(radians, type(left, right));
  }

  private static ScalarType type(Value left, Value right) {
    return isAngle(left) ? left.type() : right.type();
  }

  private static boolean isAngle(Value value) {
    return value.type().kind() == Kind.ANGLE;
  }

  private double number(Value value, BinarySign sign, int offset) {
    return switch (value) {
      case RealValue known -> known.value();
      case IntegerValue known -> Conversions.asDouble(known);
      default ->
          throw diagnostics.invalid(
              offset,
              "\"%s\" between a number and %s".formatted(sign.text(), value.type().shown()),
              "cast the bits: uint[8](...)");
    };
  }

  private Value finite(double value, int offset) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw diagnostics.invalid(offset, "the result is not a finite number");
    }
    return Value.real(value);
  }

  private void requireDivisor(double divisor, int offset) {
    if (divisor == 0) {
      throw diagnostics.invalid(offset, "division by zero");
    }
  }
}
