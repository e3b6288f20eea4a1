package dev.reeve.quantum.qasm;

import dev.reeve.quantum.qasm.Expression.BinarySign;
import dev.reeve.quantum.qasm.Value.ComplexValue;
import dev.reeve.quantum.qasm.Value.IntegerValue;
import dev.reeve.quantum.qasm.Value.RealValue;

/// Operations on known numbers of which at least one is complex.
final class ComplexArithmetic {
  private final Diagnostics diagnostics;

  ComplexArithmetic(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  Value binary(BinarySign sign, Value left, Value right, int offset) {
    ComplexValue a = complex(left, sign, right, offset);
    ComplexValue b = complex(right, sign, left, offset);
    return switch (sign) {
      case ADD -> finite(a.re() + b.re(), a.im() + b.im(), offset);
      case SUBTRACT -> finite(a.re() - b.re(), a.im() - b.im(), offset);
      case MULTIPLY ->
          finite(a.re() * b.re() - a.im() * b.im(), a.re() * b.im() + a.im() * b.re(), offset);
      case DIVIDE -> {
        double square = b.re() * b.re() + b.im() * b.im();
        if (square == 0) {
          throw diagnostics.invalid(offset, "division by zero");
        }
        yield finite(
            (a.re() * b.re() + a.im() * b.im()) / square,
            (a.im() * b.re() - a.re() * b.im()) / square,
            offset);
      }
      case POWER -> power(a, b, offset);
      case EQUAL -> Value.truth(a.equals(b));
      case NOT_EQUAL -> Value.truth(!a.equals(b));
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, REMAINDER, BOTH, EITHER ->
          throw cannot(sign, left, right, offset);
      case AND, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT -> throw cannot(sign, left, right, offset);
    };
  }

  /// The principal value: exp(b log a).
  private Value power(ComplexValue a, ComplexValue b, int offset) {
    if (a.re() == 0 && a.im() == 0) {
      boolean zero = b.re() == 0 && b.im() == 0;
      if (b.re() < 0 || (b.re() == 0 && !zero)) {
        throw diagnostics.invalid(offset, "the result is not a finite number");
      }
      return new ComplexValue(zero ? 1 : 0, 0);
    }
    double log = Math.log(Math.hypot(a.re(), a.im()));
    double turn = Math.atan2(a.im(), a.re());
    double size = Math.exp(b.re() * log - b.im() * turn);
    double angle = b.im() * log + b.re() * turn;
    return finite(size * Math.cos(angle), size * Math.sin(angle), offset);
  }

  private Value finite(double re, double im, int offset) {
    if (!Double.isFinite(re) || !Double.isFinite(im)) {
      throw diagnostics.invalid(offset, "the result is not a finite number");
    }
    return new ComplexValue(re + 0.0, im + 0.0);
  }

  private ComplexValue complex(Value value, BinarySign sign, Value other, int offset) {
    return switch (value) {
      case ComplexValue known -> known;
      case RealValue known when known.type().kind() == ScalarType.Kind.FLOAT ->
          new ComplexValue(known.value(), 0);
      case IntegerValue known -> new ComplexValue(Conversions.asDouble(known), 0);
      default -> throw cannot(sign, value, other, offset);
    };
  }

  private Diagnostics.Reported cannot(BinarySign sign, Value left, Value right, int offset) {
    return diagnostics.invalid(
        offset,
        "\"%s\" between %s and %s"
            .formatted(sign.text(), left.type().shown(), right.type().shown()));
  }
}
