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
      case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> {
        double x = angles ? Angles.of(a, type(left, right)).value() : a;
        double y = angles ? Angles.of(b, type(left, right)).value() : b;
        // Without the sum a negative zero would be less than zero.
        yield KnownArithmetic.compare(sign, Double.compare(x + 0.0, y + 0.0));
      }
      case REMAINDER ->
          throw diagnostics.invalid(
              offset,
              "\"%%\" between %s and %s".formatted(left.type().shown(), right.type().shown()),
              "only between integers; of floats it is mod(a, b)");
      case BOTH, EITHER, AND, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT ->
          throw cannot(sign, left, right, offset);
    };
  }

  /// What the function `mod` gives for numbers that are no integers.
  Value remainder(Value left, Value right, int offset) {
    double a = number(left, BinarySign.REMAINDER, offset);
    double b = number(right, BinarySign.REMAINDER, offset);
    if (isAngle(left) || isAngle(right)) {
      throw cannot(BinarySign.REMAINDER, left, right, offset);
    }
    requireDivisor(b, offset);
    return finite(a % b, offset);
  }

  private Diagnostics.Reported cannot(BinarySign sign, Value left, Value right, int offset) {
    return diagnostics.invalid(
        offset,
        "\"%s\" between %s and %s"
            .formatted(sign.text(), left.type().shown(), right.type().shown()));
  }

  /// An angle times a whole number is an angle; times anything else it is a plain number.
  private Value multiply(Value left, Value right, double a, double b, int offset) {
    boolean scaled =
        (isAngle(left) && right instanceof IntegerValue)
            || (left instanceof IntegerValue && isAngle(right));
    if (isAngle(left) && isAngle(right)) {
      throw cannot(BinarySign.MULTIPLY, left, right, offset);
    }
    if (scaled && !type(left, right).isKnownOnly()) {
      RealValue angle = (RealValue) (isAngle(left) ? left : right);
      IntegerValue factor = (IntegerValue) (isAngle(left) ? right : left);
      return Angles.ofSteps(Conversions.steps(angle) * factor.value(), angle.type());
    }
    return scaled ? angle(a * b, left, right) : finite(a * b, offset);
  }

  /// Angles of a width are divided as the numbers of their steps.

  private Value divide(Value left, Value right, double a, double b, int offset) {
    requireDivisor(b, offset);
    if (isAngle(left) && isAngle(right)) {
      return new IntegerValue(ScalarType.UINT, ratio((RealValue) left, (RealValue) right, offset));
    }
    if (isAngle(right)) {
      throw cannot(BinarySign.DIVIDE, left, right, offset);
    }
    if (left instanceof RealValue angle
        && right instanceof IntegerValue divisor
        && isAngle(left)
        && !angle.type().isKnownOnly()
        && (divisor.value() > 0 || !divisor.type().isSigned())) {
      long steps = Long.divideUnsigned(Conversions.steps(angle), divisor.value());
      return Angles.ofSteps(steps, angle.type());
    }
    return isAngle(left) && right instanceof IntegerValue
        ? angle(a / b, left, right)
        : finite(a / b, offset);
  }

  private long ratio(RealValue left, RealValue right, int offset) {
    if (left.type().isKnownOnly() || right.type().isKnownOnly()) {
      return (long) Math.floor(left.value() / right.value());
    }
    long divisor = Angles.steps(right.value(), left.type().width());
    requireDivisor((double) divisor, offset);
    return Conversions.steps(left) / divisor;
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
