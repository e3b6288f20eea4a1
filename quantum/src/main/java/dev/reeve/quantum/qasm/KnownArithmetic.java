package dev.reeve.quantum.qasm;

import dev.reeve.quantum.qasm.Expression.BinarySign;
import dev.reeve.quantum.qasm.Value.BitsValue;
import dev.reeve.quantum.qasm.Value.IntegerValue;
import dev.reeve.quantum.qasm.Value.RealValue;
import java.math.BigInteger;

/// Operations on two values that are both known.
final class KnownArithmetic {
  /// What `/` between integers means.
  enum Division {
    /// The quotient without its rest, as the language says.
    INTEGER,
    /// As the language says, but refused where the rest would be lost: in the angle of a gate.
    EXACT,
    /// The exact quotient: in the exponent of `pow`, and everywhere in version 2.
    REAL
  }

  private final Diagnostics diagnostics;

  KnownArithmetic(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  Value binary(BinarySign sign, Value left, Value right, int offset, Division division) {
    if (left instanceof Value.ComplexValue || right instanceof Value.ComplexValue) {
      return new ComplexArithmetic(diagnostics).binary(sign, left, right, offset);
    }
    if (isDuration(left) || isDuration(right)) {
      return new DurationArithmetic(diagnostics).binary(sign, left, right, offset);
    }
    if (left instanceof RealValue angle && isBitLevel(sign) && Angles.hasSteps(angle.type())) {
      return steps(sign, angle, right, offset);
    }
    if (left instanceof RealValue || right instanceof RealValue) {
      return new RealArithmetic(diagnostics).binary(sign, left, right, offset);
    }
    if (left instanceof BitsValue a && right instanceof BitsValue b) {
      return bits(sign, a, b, offset);
    }
    if (left instanceof BitsValue a && isShift(sign)) {
      return shift(sign, a, integer(right, offset), offset);
    }
    return integers(sign, left, right, offset, division);
  }

  private static boolean isDuration(Value value) {
    return value.type().kind() == ScalarType.Kind.DURATION;
  }

  private static boolean isBitLevel(BinarySign sign) {
    return isShift(sign)
        || sign == BinarySign.AND
        || sign == BinarySign.OR
        || sign == BinarySign.XOR;
  }

  /// Operations on the bits of an angle, which are its steps.
  private Value steps(BinarySign sign, RealValue left, Value right, int offset) {
    int width = Angles.bits(left.type());
    Value bits =
        right instanceof RealValue angle && angle.type().equals(left.type())
            ? Value.bits(width, Conversions.steps(angle))
            : right;
    Value result =
        binary(sign, Value.bits(width, Conversions.steps(left)), bits, offset, Division.INTEGER);
    if (!(result instanceof BitsValue known)) {
      throw diagnostics.invalid(
          offset,
          "\"%s\" between %s and %s"
              .formatted(sign.text(), left.type().shown(), right.type().shown()));
    }
    return Angles.ofSteps(known.bits().longValue(), left.type());
  }

  private static boolean isShift(BinarySign sign) {
    return sign == BinarySign.SHIFT_LEFT || sign == BinarySign.SHIFT_RIGHT;
  }

  private Value bits(BinarySign sign, BitsValue a, BitsValue b, int offset) {
    boolean bitwise = sign == BinarySign.AND || sign == BinarySign.OR || sign == BinarySign.XOR;
    if ((bitwise || sign.isComparison()) && a.width() != b.width()) {
      throw diagnostics.invalid(
          offset,
          "\"%s\" between %s and %s".formatted(sign.text(), a.type().shown(), b.type().shown()),
          "widths must agree");
    }
    return switch (sign) {
      case AND -> new BitsValue(a.width(), a.bits().and(b.bits()));
      case OR -> new BitsValue(a.width(), a.bits().or(b.bits()));
      case XOR -> new BitsValue(a.width(), a.bits().xor(b.bits()));
      case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
          compare(sign, a.bits().compareTo(b.bits()));
      default -> integers(sign, a, b, offset, Division.INTEGER);
    };
  }

  private Value shift(BinarySign sign, BitsValue a, long places, int offset) {
    if (places < 0) {
      throw diagnostics.invalid(offset, "shift by " + places, "shift by 0 or more");
    }
    if (places >= a.width()) {
      return new BitsValue(a.width(), BigInteger.ZERO);
    }
    BigInteger shifted =
        sign == BinarySign.SHIFT_LEFT
            ? a.bits().shiftLeft((int) places)
            : a.bits().shiftRight((int) places);
    BigInteger mask = BigInteger.ONE.shiftLeft(a.width()).subtract(BigInteger.ONE);
    return new BitsValue(a.width(), shifted.and(mask));
  }

  private Value integers(BinarySign sign, Value left, Value right, int offset, Division division) {
    long a = integer(left, offset);
    long b = integer(right, offset);
    ScalarType type = Integers.common(left.type(), right.type());
    boolean unsigned = type.kind() == ScalarType.Kind.UINT;
    return switch (sign) {
      case BOTH -> Value.truth(a != 0 && b != 0);
      case EITHER -> Value.truth(a != 0 || b != 0);
      case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> {
        boolean both = !left.type().isSigned() && !right.type().isSigned();
        yield compare(sign, both ? Long.compareUnsigned(a, b) : Long.compare(a, b));
      }
      case AND -> new IntegerValue(type, Integers.wrap(a & b, type));
      case OR -> new IntegerValue(type, Integers.wrap(a | b, type));
      case XOR -> new IntegerValue(type, Integers.wrap(a ^ b, type));
      case SHIFT_LEFT, SHIFT_RIGHT -> shift(sign, left.type(), a, b, offset);
      case DIVIDE -> divide(a, b, type, offset, division);
      case REMAINDER -> {
        requireDivisor(b, offset);
        yield new IntegerValue(type, unsigned ? Long.remainderUnsigned(a, b) : a % b);
      }
      case ADD, SUBTRACT, MULTIPLY -> sum(sign, a, b, type, offset);
      case POWER -> power(a, b, type, offset, division);
    };
  }

  private Value shift(BinarySign sign, ScalarType left, long a, long places, int offset) {
    if (places < 0) {
      throw diagnostics.invalid(offset, "shift by " + places, "shift by 0 or more");
    }
    ScalarType type = left.kind() == ScalarType.Kind.BOOL ? ScalarType.UINT : left;
    long all = sign == BinarySign.SHIFT_LEFT || !type.isSigned() || a >= 0 ? 0 : -1;
    long shifted =
        places > 63 ? all : sign == BinarySign.SHIFT_LEFT ? a << places : right(a, places, type);
    return new IntegerValue(type, Integers.wrap(shifted, type));
  }

  private static long right(long a, long places, ScalarType type) {
    return type.isSigned() ? a >> places : a >>> places;
  }

  private Value divide(long a, long b, ScalarType type, int offset, Division division) {
    if (division == Division.REAL) {
      return new RealArithmetic(diagnostics)
          .binary(BinarySign.DIVIDE, Value.real((double) a), Value.real((double) b), offset);
    }
    requireDivisor(b, offset);
    boolean unsigned = type.kind() == ScalarType.Kind.UINT;
    if (division == Division.EXACT && (unsigned ? Long.remainderUnsigned(a, b) : a % b) != 0) {
      throw diagnostics.invalid(
          offset,
          "%d / %d is a division of integers and would lose its rest".formatted(a, b),
          "write %d.0 / %d".formatted(a, b));
    }
    return new IntegerValue(type, unsigned ? Long.divideUnsigned(a, b) : a / b);
  }

  private Value sum(BinarySign sign, long a, long b, ScalarType type, int offset) {
    boolean exact = type.isSigned() && type.width() == ScalarType.MACHINE;
    try {
      long result =
          switch (sign) {
            case ADD -> exact ? Math.addExact(a, b) : a + b;
            case SUBTRACT -> exact ? Math.subtractExact(a, b) : a - b;
            default -> exact ? Math.multiplyExact(a, b) : a * b;
          };
      return new IntegerValue(type, Integers.wrap(result, type));
    } catch (ArithmeticException _) {
      throw diagnostics.invalid(offset, "integer overflow", "integers have 64 bits");
    }
  }

  private Value power(long a, long b, ScalarType type, int offset, Division division) {
    if (b < 0 || division == Division.REAL) {
      return new RealArithmetic(diagnostics)
          .binary(BinarySign.POWER, Value.real((double) a), Value.real((double) b), offset);
    }
    if (b > 63 && a != 0 && a != 1 && a != -1) {
      throw diagnostics.invalid(offset, "integer overflow", "integers have 64 bits");
    }
    BigInteger result = BigInteger.valueOf(a).pow((int) Math.min(b, 64 + (b & 1)));
    if (type.width() == ScalarType.MACHINE && result.bitLength() > 63) {
      throw diagnostics.invalid(offset, "integer overflow", "integers have 64 bits");
    }
    return new IntegerValue(type, Integers.wrap(result.longValue(), type));
  }

  static Value compare(BinarySign sign, int order) {
    return Value.truth(
        switch (sign) {
          case EQUAL -> order == 0;
          case NOT_EQUAL -> order != 0;
          case LESS -> order < 0;
          case LESS_OR_EQUAL -> order <= 0;
          case GREATER -> order > 0;
          default -> order >= 0;
        });
  }

  private long integer(Value value, int offset) {
    return switch (value) {
      case IntegerValue known -> known.value();
      case BitsValue known when known.width() <= 64 -> known.bits().longValue();
      default ->
          throw diagnostics.unsupported(
              offset, "arithmetic on more than 64 bits is not offered", "take a slice of them");
    };
  }

  private void requireDivisor(long divisor, int offset) {
    if (divisor == 0) {
      throw diagnostics.invalid(offset, "division by zero");
    }
  }
}
