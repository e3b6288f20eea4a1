package dev.reeve.quantum.qasm;

import dev.reeve.quantum.ClassicalExpression;
import dev.reeve.quantum.qasm.Value.BitsValue;
import dev.reeve.quantum.qasm.Value.Computed;
import dev.reeve.quantum.qasm.Value.IntegerValue;
import dev.reeve.quantum.qasm.Value.RealValue;
import dev.reeve.quantum.qasm.Value.WideBits;
import java.math.BigInteger;

/// Brings values to other types: by a cast, or silently where the language allows it.
final class Conversions {
  private static final int ANGLE_BITS_MAX = 52;

  private final Diagnostics diagnostics;

  Conversions(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  /// What a value becomes when it is stored in a variable of this type.
  Value implicit(Value value, ScalarType target, int offset) {
    return convert(value, target, offset, false);
  }

  /// The same for the value of an expression. Bits as text stand for bits alone, and several bits
  /// are true or false by a cast or a comparison.
  Value implicit(Value value, ScalarType target, Expression source) {
    boolean text = source instanceof Expression.BitsLiteral && target.kind() != ScalarType.Kind.BIT;
    boolean several =
        target.kind() == ScalarType.Kind.BOOL
            && value.type().kind() == ScalarType.Kind.BIT
            && value.type().width() > 1;
    if (text || several) {
      throw mismatch(value, target, source.offset(), "cast it: " + target.shown() + "(...)");
    }
    return implicit(value, target, source.offset());
  }

  /// What a cast makes of a value.
  Value cast(Value value, ScalarType target, int offset) {
    return convert(value, target, offset, true);
  }

  private Value convert(Value value, ScalarType target, int offset, boolean cast) {
    if (value.isDynamic() && target.isKnownOnly()) {
      throw dynamicReal(offset);
    }
    return switch (target.kind()) {
      case BOOL ->
          cast && value instanceof RealValue known && known.type().kind() == ScalarType.Kind.FLOAT
              ? Value.truth(known.value() != 0)
              : toBool(value, offset);
      case INT, UINT -> toInteger(value, target, offset, cast);
      case BIT -> toBits(value, target, offset, cast);
      case FLOAT -> {
        if (cast && value.type().kind() == ScalarType.Kind.ANGLE) {
          throw mismatch(value, target, offset, "divide it by an angle, or cast it to bits");
        }
        yield toFloat(value, target, offset);
      }
      case ANGLE -> toAngle(value, target, offset, cast);
      case COMPLEX -> toComplex(value, target, offset);
      case DURATION -> {
        if (value.type().kind() != ScalarType.Kind.DURATION) {
          throw mismatch(value, target, offset, "as in 100ns");
        }
        yield value;
      }
    };
  }

  Value toBool(Value value, int offset) {
    return switch (value) {
      case IntegerValue known -> Value.truth(known.value() != 0);
      case BitsValue known -> Value.truth(known.bits().signum() != 0);
      case Computed computed ->
          computed.type().equals(ScalarType.BOOL)
              ? computed
              : new Computed(
                  ScalarType.BOOL,
                  new ClassicalExpression.Binary(
                      ClassicalExpression.BinaryOperation.NOT_EQUAL,
                      computed.code(),
                      new ClassicalExpression.Constant(0)));
      case WideBits wide ->
          new Computed(ScalarType.BOOL, WideComparison.notEqual(wide, BigInteger.ZERO));
      case RealValue known when known.type().kind() == ScalarType.Kind.ANGLE ->
          Value.truth(known.value() != 0);
      case RealValue _, Value.ComplexValue _ ->
          throw mismatch(value, ScalarType.BOOL, offset, "compare it, as in x != 0");
    };
  }

  private Value toInteger(Value value, ScalarType target, int offset, boolean cast) {
    return switch (value) {
      case IntegerValue known -> new IntegerValue(target, Integers.wrap(known.value(), target));
      case BitsValue known -> fromBits(known, target, offset);
      case Computed computed -> {
        if (computed.type().kind() == ScalarType.Kind.ANGLE) {
          throw mismatch(value, target, offset, "cast it to bits first");
        }
        yield new Computed(target, Integers.wrap(computed.code(), target));
      }
      case Value.ComplexValue _ -> throw mismatch(value, target, offset, "take real(...) of it");
      case RealValue known -> {
        if (known.type().kind() == ScalarType.Kind.DURATION) {
          throw mismatch(known, target, offset, "divide it by a duration");
        }
        boolean whole = known.value() == Math.rint(known.value());
        if (known.type().kind() == ScalarType.Kind.ANGLE || (!cast && !whole)) {
          throw mismatch(known, target, offset, "cast it: " + target.shown() + "(...)");
        }
        if (Math.abs(known.value()) >= 0x1p63) {
          throw diagnostics.invalid(offset, known.value() + " is too large for an integer");
        }
        yield new IntegerValue(target, Integers.wrap((long) known.value(), target));
      }
      case WideBits wide -> throw tooWide(wide.addresses().size(), offset);
    };
  }

  private Value fromBits(BitsValue known, ScalarType target, int offset) {
    if (known.width() > ClassicalExpression.WIDTH_MAX) {
      throw tooWide(known.width(), offset);
    }
    return new IntegerValue(target, Integers.wrap(known.bits().longValue(), target));
  }

  private Value toBits(Value value, ScalarType target, int offset, boolean cast) {
    int width = target.width();
    return switch (value) {
      case BitsValue known when known.width() == width -> known;
      case WideBits wide when wide.addresses().size() == width -> wide;
      case Computed computed
          when computed.type().kind() == ScalarType.Kind.BIT && computed.type().width() == width ->
          computed;
      case IntegerValue known when width == 1 && (cast || known.value() >> 1 == 0) ->
          Value.bits(1, known.value() & 1);
      case IntegerValue known when cast && width <= ClassicalExpression.WIDTH_MAX ->
          Value.bits(width, known.value() & mask(width));
      case Computed computed
          when (cast
                  && computed.type().kind() != ScalarType.Kind.BIT
                  && (computed.type().kind() != ScalarType.Kind.ANGLE
                      || computed.type().width() == width))
              || (width == 1 && computed.type().equals(ScalarType.BOOL)) ->
          new Computed(target, wrapBits(computed.code(), width, offset));
      case RealValue known
          when cast && known.type().kind() == ScalarType.Kind.ANGLE && width <= ANGLE_BITS_MAX ->
          Value.bits(width, Angles.steps(known.value(), width));
      default -> {
        boolean bits = value.type().kind() == ScalarType.Kind.BIT;
        throw mismatch(
            value,
            target,
            offset,
            bits ? "widths must agree" : "cast it: " + target.shown() + "(...)");
      }
    };
  }

  private ClassicalExpression wrapBits(ClassicalExpression code, int width, int offset) {
    if (width > ClassicalExpression.WIDTH_MAX) {
      throw tooWide(width, offset);
    }
    return new ClassicalExpression.Wrap(code, width, false);
  }

  private Value toFloat(Value value, ScalarType target, int offset) {
    double number = number(value, target, offset);
    return new RealValue(target, target.width() == 32 ? (float) number : number);
  }

  private Value toAngle(Value value, ScalarType target, int offset, boolean cast) {
    if (cast && value instanceof BitsValue known && known.width() <= ANGLE_BITS_MAX) {
      return Angles.of(Angles.radians(known.bits().longValue(), known.width()), target);
    }
    if (cast && value instanceof IntegerValue) {
      throw mismatch(value, target, offset, "multiply an angle by it");
    }
    return value instanceof Computed computed
        ? steps(computed, target, offset, cast)
        : Angles.of(number(value, target, offset), target);
  }

  /// Measured bits, or an angle that depends on them, as an angle of some width.
  private Value steps(Computed value, ScalarType target, int offset, boolean cast) {
    boolean bits = cast && value.type().kind() == ScalarType.Kind.BIT;
    if (!bits && value.type().kind() != ScalarType.Kind.ANGLE) {
      throw mismatch(value, target, offset, "cast bits of the same width");
    }
    int more = target.width() - value.type().width();
    ClassicalExpression places = new ClassicalExpression.Constant(Math.abs(more));
    if (more < 0) {
      return new Computed(
          target,
          new ClassicalExpression.Binary(
              ClassicalExpression.BinaryOperation.SHIFT_RIGHT_UNSIGNED, value.code(), places));
    }
    return new Computed(
        target,
        more == 0
            ? value.code()
            : new ClassicalExpression.Binary(
                ClassicalExpression.BinaryOperation.SHIFT_LEFT, value.code(), places));
  }

  private Value toComplex(Value value, ScalarType target, int offset) {
    return value instanceof Value.ComplexValue
        ? value
        : new Value.ComplexValue(number(value, target, offset), 0);
  }

  private double number(Value value, ScalarType target, int offset) {
    return switch (value) {
      case RealValue known when known.type().kind() != ScalarType.Kind.DURATION -> known.value();
      case IntegerValue known -> asDouble(known);
      case Value.ComplexValue _, RealValue _ -> throw mismatch(value, target, offset, "");
      case BitsValue _, Computed _, WideBits _ ->
          throw mismatch(value, target, offset, "cast it to an integer first");
    };
  }

  /// A known angle in its steps, as the run would keep it.
  static long steps(RealValue angle) {
    return Angles.steps(angle.value(), Angles.bits(angle.type()));
  }

  static double asDouble(IntegerValue known) {
    return known.type().kind() == ScalarType.Kind.UINT && known.value() < 0
        ? known.value() + 0x1p64
        : known.value();
  }

  private static long mask(int width) {
    return width == 64 ? -1 : (1L << width) - 1;
  }

  Diagnostics.Reported dynamicReal(int offset) {
    return diagnostics.unsupported(
        offset,
        "a number that depends on measurements is not offered here",
        "keep measured values in bits and integers, and branch with if");
  }

  private Diagnostics.Reported tooWide(int width, int offset) {
    return diagnostics.unsupported(
        offset, width + " bits do not fit into an integer", "take at most 64 of them");
  }

  private Diagnostics.Reported mismatch(Value value, ScalarType target, int offset, String hint) {
    return diagnostics.invalid(
        offset, "expected " + target.shown() + ", found " + value.type().shown(), hint);
  }
}
