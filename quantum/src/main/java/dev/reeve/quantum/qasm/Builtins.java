package dev.reeve.quantum.qasm;

import dev.reeve.quantum.ClassicalExpression;
import dev.reeve.quantum.qasm.Value.BitsValue;
import dev.reeve.quantum.qasm.Value.Computed;
import dev.reeve.quantum.qasm.Value.IntegerValue;
import dev.reeve.quantum.qasm.Value.RealValue;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;

/// The functions a program may call in an expression.
final class Builtins {
  private static final Map<String, DoubleUnaryOperator> OF_3 =
      new TreeMap<>(
          Map.of(
              "arccos", Math::acos,
              "arcsin", Math::asin,
              "arctan", Math::atan,
              "ceiling", Math::ceil,
              "cos", Math::cos,
              "exp", Math::exp,
              "floor", Math::floor,
              "log", Math::log,
              "sin", Math::sin,
              "sqrt", Math::sqrt));
  private static final Map<String, DoubleUnaryOperator> OF_2 =
      new TreeMap<>(
          Map.of(
              "acos", Math::acos,
              "asin", Math::asin,
              "atan", Math::atan,
              "cos", Math::cos,
              "exp", Math::exp,
              "ln", Math::log,
              "sin", Math::sin,
              "sqrt", Math::sqrt,
              "tan", Math::tan));

  private static final Set<String> OTHERS_OF_3 =
      Set.of("mod", "pow", "popcount", "rotl", "rotr", "real", "imag", "sizeof");

  static {
    OF_3.put("tan", Math::tan);
  }

  private final QasmVersion version;
  private final Diagnostics diagnostics;
  private final Conversions conversions;
  private final KnownArithmetic arithmetic;

  Builtins(
      QasmVersion version,
      Diagnostics diagnostics,
      Conversions conversions,
      KnownArithmetic arithmetic) {
    this.version = version;
    this.diagnostics = diagnostics;
    this.conversions = conversions;
    this.arithmetic = arithmetic;
  }

  /// Whether a function takes only what is known before the circuit runs.
  boolean needsKnown(String function) {
    return !function.equals("popcount");
  }

  /// Notes when there is no such function.
  void requireKnown(String function, int offset) {
    Map<String, DoubleUnaryOperator> functions = version == QasmVersion.V2 ? OF_2 : OF_3;
    boolean known =
        functions.containsKey(function)
            || (version == QasmVersion.V3 && OTHERS_OF_3.contains(function));
    if (!known) {
      diagnostics.note(
          offset,
          "function \"" + function + "\" is not known",
          Names.hint(function, functions.keySet()));
    }
  }

  Value call(Expression.Call call, List<Value> arguments) {
    Map<String, DoubleUnaryOperator> functions = version == QasmVersion.V2 ? OF_2 : OF_3;
    DoubleUnaryOperator function = functions.get(call.function());
    if (function != null) {
      requireCount(call, arguments, 1);
      return real(call, function, arguments.getFirst());
    }
    if (version == QasmVersion.V3) {
      switch (call.function()) {
        case "mod" -> {
          return binary(Expression.BinarySign.REMAINDER, call, arguments);
        }
        case "pow" -> {
          return binary(Expression.BinarySign.POWER, call, arguments);
        }
        case "popcount" -> {
          requireCount(call, arguments, 1);
          return popcount(call, arguments.getFirst());
        }
        case "rotl" -> {
          return rotate(call, arguments, 1);
        }
        case "rotr" -> {
          return rotate(call, arguments, -1);
        }
        case "real", "imag" -> {
          requireCount(call, arguments, 1);
          return part(call, arguments.getFirst());
        }
        default -> {}
      }
    }
    throw diagnostics.invalid(
        call.offset(),
        "function \"" + call.function() + "\" is not known",
        Names.hint(call.function(), functions.keySet()));
  }

  private Value real(Expression.Call call, DoubleUnaryOperator function, Value argument) {
    if (argument.isDynamic()) {
      throw conversions.dynamicReal(call.offset());
    }
    RealValue number = (RealValue) conversions.implicit(argument, ScalarType.FLOAT, call.offset());
    double result = function.applyAsDouble(number.value());
    if (Double.isNaN(result) || Double.isInfinite(result)) {
      throw diagnostics.invalid(
          call.offset(), "%s(%s) has no finite value".formatted(call.function(), number.value()));
    }
    return Value.real(result);
  }

  private Value part(Expression.Call call, Value argument) {
    Value.ComplexValue number =
        (Value.ComplexValue) conversions.implicit(argument, ScalarType.COMPLEX, call.offset());
    return Value.real(call.function().equals("real") ? number.re() : number.im());
  }

  private Value binary(Expression.BinarySign sign, Expression.Call call, List<Value> arguments) {
    requireCount(call, arguments, 2);
    Value left = arguments.getFirst();
    Value right = arguments.get(1);
    if (left.isDynamic() || right.isDynamic()) {
      throw notKnown(call);
    }
    if (sign == Expression.BinarySign.REMAINDER && (isFloat(left) || isFloat(right))) {
      return new RealArithmetic(diagnostics).remainder(left, right, call.offset());
    }
    return arithmetic.binary(sign, left, right, call.offset(), KnownArithmetic.Division.INTEGER);
  }

  private static boolean isFloat(Value value) {
    return value.type().kind() == ScalarType.Kind.FLOAT;
  }

  private Value popcount(Expression.Call call, Value argument) {
    return switch (argument) {
      case BitsValue known -> new IntegerValue(ScalarType.UINT, known.bits().bitCount());
      case IntegerValue known -> new IntegerValue(ScalarType.UINT, Long.bitCount(known.value()));
      case RealValue known when Angles.hasSteps(known.type()) ->
          new IntegerValue(ScalarType.UINT, Long.bitCount(Conversions.steps(known)));
      case Computed computed ->
          new Computed(
              ScalarType.UINT,
              new ClassicalExpression.Unary(
                  ClassicalExpression.UnaryOperation.POPCOUNT, computed.code()));
      default -> throw diagnostics.invalid(call.offset(), "popcount of " + argument.type().shown());
    };
  }

  private Value rotate(Expression.Call call, List<Value> arguments, int direction) {
    requireCount(call, arguments, 2);
    if (arguments.getFirst().isDynamic() || arguments.get(1).isDynamic()) {
      throw notKnown(call);
    }
    if (!(arguments.get(1) instanceof IntegerValue places)) {
      throw diagnostics.invalid(call.offset(), "rotation by something that is no integer");
    }
    return switch (arguments.getFirst()) {
      case BitsValue bits -> rotated(bits, direction * places.value());
      case RealValue angle when Angles.hasSteps(angle.type()) -> {
        BitsValue bits =
            (BitsValue) Value.bits(Angles.bits(angle.type()), Conversions.steps(angle));
        BitsValue rotated = rotated(bits, direction * places.value());
        yield Angles.ofSteps(rotated.bits().longValue(), angle.type());
      }
      case IntegerValue(ScalarType type, long value) when type.kind() == ScalarType.Kind.UINT -> {
        int width = type.effectiveWidth();
        int left = Math.floorMod(direction * places.value(), width);
        long rotated = left == 0 ? value : value << left | value >>> (width - left);
        yield new IntegerValue(type, Integers.wrap(rotated, type));
      }
      default ->
          throw diagnostics.invalid(
              call.offset(),
              call.function() + " of " + arguments.getFirst().type().shown(),
              "only bits, uint and angle can be rotated");
    };
  }

  private static BitsValue rotated(BitsValue value, long places) {
    int width = value.width();
    int left = Math.floorMod(places, width);
    BigInteger mask = BigInteger.ONE.shiftLeft(width).subtract(BigInteger.ONE);
    BigInteger bits = value.bits();
    return new BitsValue(width, bits.shiftLeft(left).or(bits.shiftRight(width - left)).and(mask));
  }

  private Diagnostics.Reported notKnown(Expression.Call call) {
    return diagnostics.unsupported(
        call.offset(),
        "\"" + call.function() + "\" of a value that depends on measurements is not offered",
        "");
  }

  private void requireCount(Expression.Call call, List<Value> arguments, int count) {
    if (arguments.size() != count) {
      throw diagnostics.invalid(
          call.offset(),
          "\"%s\" takes %d %s, found %d"
              .formatted(
                  call.function(), count, count == 1 ? "value" : "values", arguments.size()));
    }
  }
}
