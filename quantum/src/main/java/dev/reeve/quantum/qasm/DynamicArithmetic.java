package dev.reeve.quantum.qasm;

import dev.reeve.quantum.ClassicalExpression;
import dev.reeve.quantum.ClassicalExpression.Binary;
import dev.reeve.quantum.ClassicalExpression.BinaryOperation;
import dev.reeve.quantum.qasm.Expression.BinarySign;
import dev.reeve.quantum.qasm.ScalarType.Kind;
import dev.reeve.quantum.qasm.Value.BitsValue;
import dev.reeve.quantum.qasm.Value.Computed;
import dev.reeve.quantum.qasm.Value.IntegerValue;
import dev.reeve.quantum.qasm.Value.RealValue;
import dev.reeve.quantum.qasm.Value.WideBits;
import java.math.BigInteger;

/// Operations of which an operand depends on measurements: they become code for the run.
final class DynamicArithmetic {
  private final Diagnostics diagnostics;
  private final Conversions conversions;

  DynamicArithmetic(Diagnostics diagnostics, Conversions conversions) {
    this.diagnostics = diagnostics;
    this.conversions = conversions;
  }

  Value binary(BinarySign sign, Value left, Value right, int offset) {
    if (left.type().kind() == Kind.ANGLE || right.type().kind() == Kind.ANGLE) {
      return angles(sign, left, right, offset);
    }
    if (left.type().isKnownOnly() || right.type().isKnownOnly()) {
      throw conversions.dynamicReal(offset);
    }
    if (left instanceof WideBits wide) {
      return wide(sign, wide, right, offset);
    }
    if (right instanceof WideBits wide) {
      return wide(sign, wide, left, offset);
    }
    if (sign == BinarySign.BOTH || sign == BinarySign.EITHER) {
      return truth(
          sign == BinarySign.BOTH ? BinaryOperation.BOTH : BinaryOperation.EITHER,
          code(left, offset),
          code(right, offset));
    }
    requireSameWidth(sign, left, right, offset);
    return sign.isComparison()
        ? comparison(sign, left, right, offset)
        : arithmetic(sign, left, right, offset);
  }

  /// Angles count in steps of their width, so that they are added and shifted like numbers.
  private Value angles(BinarySign sign, Value left, Value right, int offset) {
    ScalarType type = left.type().kind() == Kind.ANGLE ? left.type() : right.type();
    if (type.isKnownOnly()) {
      throw conversions.dynamicReal(offset);
    }
    return switch (sign) {
      case ADD, SUBTRACT, AND, OR, XOR ->
          wrapped(sign, steps(left, type, offset), steps(right, type, offset), type);
      case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
          comparison(
              sign,
              new Computed(ScalarType.UINT, steps(left, type, offset)),
              new Computed(ScalarType.UINT, steps(right, type, offset)),
              offset);
      case MULTIPLY -> {
        boolean first = left.type().kind() == Kind.ANGLE;
        Value angle = first ? left : right;
        Value factor = first ? right : left;
        requireWhole(sign, factor, offset);
        yield wrapped(sign, steps(angle, type, offset), code(factor, offset), type);
      }
      case DIVIDE, SHIFT_LEFT, SHIFT_RIGHT -> {
        boolean ratio = left.type().kind() == right.type().kind();
        if (ratio && sign == BinarySign.DIVIDE) {
          yield wrapped(
              sign, steps(left, type, offset), steps(right, type, offset), ScalarType.UINT);
        }
        requireWhole(sign, right, offset);
        yield wrapped(sign, steps(left, type, offset), code(right, offset), type);
      }
      case POWER, REMAINDER, BOTH, EITHER -> throw cannot(sign, left, right, offset);
    };
  }

  private static Value wrapped(
      BinarySign sign, ClassicalExpression left, ClassicalExpression right, ScalarType type) {
    return new Computed(type, Integers.wrap(new Binary(operation(sign, false), left, right), type));
  }

  private ClassicalExpression steps(Value value, ScalarType type, int offset) {
    return code(conversions.implicit(value, type, offset), offset);
  }

  private void requireWhole(BinarySign sign, Value value, int offset) {
    Kind kind = value.type().kind();
    if (kind != Kind.INT && kind != Kind.UINT) {
      throw diagnostics.invalid(
          offset, "\"%s\" of an angle and %s".formatted(sign.text(), value.type().shown()), "");
    }
  }

  private Diagnostics.Reported cannot(BinarySign sign, Value left, Value right, int offset) {
    return diagnostics.invalid(
        offset,
        "\"%s\" between %s and %s"
            .formatted(sign.text(), left.type().shown(), right.type().shown()));
  }

  private Value comparison(BinarySign sign, Value left, Value right, int offset) {
    ClassicalExpression a = code(left, offset);
    ClassicalExpression b = code(right, offset);
    boolean unsigned = !left.type().isSigned() && !right.type().isSigned();
    BinaryOperation less = unsigned ? BinaryOperation.LESS_UNSIGNED : BinaryOperation.LESS;
    BinaryOperation lessOrEqual =
        unsigned ? BinaryOperation.LESS_OR_EQUAL_UNSIGNED : BinaryOperation.LESS_OR_EQUAL;
    return switch (sign) {
      case EQUAL -> truth(BinaryOperation.EQUAL, a, b);
      case NOT_EQUAL -> truth(BinaryOperation.NOT_EQUAL, a, b);
      case LESS -> truth(less, a, b);
      case LESS_OR_EQUAL -> truth(lessOrEqual, a, b);
      case GREATER -> truth(less, b, a);
      default -> truth(lessOrEqual, b, a);
    };
  }

  private Value arithmetic(BinarySign sign, Value left, Value right, int offset) {
    boolean shift = sign == BinarySign.SHIFT_LEFT || sign == BinarySign.SHIFT_RIGHT;
    boolean bits = left.type().kind() == Kind.BIT && (shift || right.type().kind() == Kind.BIT);
    ScalarType type =
        shift || (bits && isBitwise(sign))
            ? left.type()
            : Integers.common(left.type(), right.type());
    BinaryOperation operation = operation(sign, type.isSigned());
    Binary code = new Binary(operation, code(left, offset), code(right, offset));
    return new Computed(type, Integers.wrap(code, type));
  }

  private static boolean isBitwise(BinarySign sign) {
    return sign == BinarySign.AND || sign == BinarySign.OR || sign == BinarySign.XOR;
  }

  private static BinaryOperation operation(BinarySign sign, boolean signed) {
    return switch (sign) {
      case ADD -> BinaryOperation.ADD;
      case SUBTRACT -> BinaryOperation.SUBTRACT;
      case MULTIPLY -> BinaryOperation.MULTIPLY;
      case DIVIDE -> signed ? BinaryOperation.DIVIDE : BinaryOperation.DIVIDE_UNSIGNED;
      case REMAINDER -> signed ? BinaryOperation.REMAINDER : BinaryOperation.REMAINDER_UNSIGNED;
      case POWER -> BinaryOperation.POWER;
      case AND -> BinaryOperation.AND;
      case OR -> BinaryOperation.OR;
      case XOR -> BinaryOperation.XOR;
      case SHIFT_LEFT -> BinaryOperation.SHIFT_LEFT;
      case SHIFT_RIGHT ->
          signed ? BinaryOperation.SHIFT_RIGHT : BinaryOperation.SHIFT_RIGHT_UNSIGNED;
      case BOTH, EITHER, EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
          throw new IllegalArgumentException(sign.name());
    };
  }

  private Value wide(BinarySign sign, WideBits wide, Value other, int offset) {
    BigInteger number =
        switch (other) {
          case BitsValue known when known.width() == wide.addresses().size() -> known.bits();
          case IntegerValue known when known.value() >= 0 -> BigInteger.valueOf(known.value());
          default -> null;
        };
    if (number == null || (sign != BinarySign.EQUAL && sign != BinarySign.NOT_EQUAL)) {
      throw tooWide(offset);
    }
    return new Computed(
        ScalarType.BOOL,
        sign == BinarySign.EQUAL
            ? WideComparison.equal(wide, number)
            : WideComparison.notEqual(wide, number));
  }

  private void requireSameWidth(BinarySign sign, Value left, Value right, int offset) {
    boolean bits = left.type().kind() == Kind.BIT && right.type().kind() == Kind.BIT;
    if (bits
        && (isBitwise(sign) || sign.isComparison())
        && left.type().width() != right.type().width()) {
      throw diagnostics.invalid(
          offset,
          "\"%s\" between %s and %s"
              .formatted(sign.text(), left.type().shown(), right.type().shown()),
          "widths must agree");
    }
  }

  private static Value truth(
      BinaryOperation operation, ClassicalExpression left, ClassicalExpression right) {
    return new Computed(ScalarType.BOOL, new Binary(operation, left, right));
  }

  /// The code of any value of at most 64 bits.
  ClassicalExpression code(Value value, int offset) {
    return switch (value) {
      case Computed computed -> computed.code();
      case IntegerValue known -> new ClassicalExpression.Constant(known.value());
      case BitsValue known when known.width() <= ClassicalExpression.WIDTH_MAX ->
          new ClassicalExpression.Constant(known.bits().longValue());
      case RealValue known when !known.type().isKnownOnly() ->
          new ClassicalExpression.Constant(Conversions.steps(known));
      case RealValue _, Value.ComplexValue _ -> throw conversions.dynamicReal(offset);
      case BitsValue _, WideBits _ -> throw tooWide(offset);
    };
  }

  private Diagnostics.Reported tooWide(int offset) {
    return diagnostics.unsupported(
        offset,
        "more than 64 measured bits can only be compared with == and != to a known value",
        "take a slice of them");
  }
}
