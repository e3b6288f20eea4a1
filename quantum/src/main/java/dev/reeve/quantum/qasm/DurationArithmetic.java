package dev.reeve.quantum.qasm;

import dev.reeve.quantum.qasm.Expression.BinarySign;
import dev.reeve.quantum.qasm.ScalarType.Kind;
import dev.reeve.quantum.qasm.Value.IntegerValue;
import dev.reeve.quantum.qasm.Value.RealValue;

/// Operations on lengths of time. What depends on a stretch, on ticks or on the duration of gates
/// is known to a schedule only: it can be added up, but not compared. Femtoseconds make every
/// length that a program writes down a whole number, so that sums and ratios are exact.
final class DurationArithmetic {
  private final Diagnostics diagnostics;

  DurationArithmetic(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  Value binary(BinarySign sign, Value left, Value right, int offset) {
    boolean both = isDuration(left) && isDuration(right);
    double a = number(left, sign, right, offset);
    double b = number(right, sign, left, offset);
    return switch (sign) {
      case ADD, SUBTRACT -> {
        requireThat(both, sign, left, right, offset);
        yield Value.duration(sign == BinarySign.ADD ? a + b : a - b);
      }
      case MULTIPLY -> {
        requireThat(!both, sign, left, right, offset);
        yield Value.duration(a * b);
      }
      case DIVIDE -> {
        requireThat(isDuration(left), sign, left, right, offset);
        if (b == 0) {
          throw diagnostics.invalid(offset, "division by zero");
        }
        yield both ? Value.real(known(a / b, offset)) : Value.duration(a / b);
      }
      case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> {
        requireThat(both, sign, left, right, offset);
        yield KnownArithmetic.compare(
            sign, Double.compare(known(a, offset) + 0.0, known(b, offset) + 0.0));
      }
      case REMAINDER, POWER, BOTH, EITHER, AND, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT ->
          throw cannot(sign, left, right, offset);
    };
  }

  private static boolean isDuration(Value value) {
    return value.type().kind() == Kind.DURATION;
  }

  private double number(Value value, BinarySign sign, Value other, int offset) {
    return switch (value) {
      case RealValue known -> known.value();
      case IntegerValue known -> Conversions.asDouble(known);
      default -> throw cannot(sign, value, other, offset);
    };
  }

  private double known(double value, int offset) {
    if (Double.isNaN(value)) {
      throw diagnostics.unsupported(
          offset,
          "a length that only a schedule knows cannot be compared",
          "give it in s, ms, us or ns");
    }
    return value;
  }

  private void requireThat(boolean holds, BinarySign sign, Value left, Value right, int offset) {
    if (!holds) {
      throw cannot(sign, left, right, offset);
    }
  }

  private Diagnostics.Reported cannot(BinarySign sign, Value left, Value right, int offset) {
    return diagnostics.invalid(
        offset,
        "\"%s\" between %s and %s"
            .formatted(sign.text(), left.type().shown(), right.type().shown()));
  }
}
