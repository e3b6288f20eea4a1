package dev.reeve.quantum.eigenlang;

import dev.reeve.quantum.qasm.Diagnostics;
import java.util.Optional;

/// Numbers and truth as Python reckons them, within 64 bits: `/` gives a fraction, `//` rounds
/// down, `%` has the sign of the divisor.
final class Arithmetic {
  private final Diagnostics diagnostics;

  Arithmetic(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  Value unary(int offset, String operator, Value operand) {
    return switch (operator) {
      case "not" -> new Value.Truth(!truth(offset, operand));
      case "+" -> number(offset, operand);
      default ->
          switch (number(offset, operand)) {
            case Value.Whole whole when whole.value() == Long.MIN_VALUE -> throw tooLarge(offset);
            case Value.Whole whole -> new Value.Whole(-whole.value());
            case Value.Real real -> new Value.Real(-real.value());
            case Value other -> throw notANumber(offset, other);
          };
    };
  }

  Value binary(int offset, String operator, Value left, Value right) {
    return switch (operator) {
      case "==" -> new Value.Truth(equal(offset, left, right));
      case "!=" -> new Value.Truth(!equal(offset, left, right));
      case "<", "<=", ">", ">=" -> new Value.Truth(ordered(offset, operator, left, right));
      default -> calculated(offset, operator, left, right);
    };
  }

  /// Whether a condition holds; what only a run knows is refused.
  boolean truth(int offset, Value value) {
    return switch (value) {
      case Value.Truth truth -> truth.value();
      case Value.Whole whole -> whole.value() != 0;
      case Value.Real real -> real.value() != 0;
      case Value.Nothing _ -> false;
      case Value.Text text -> !text.text().isEmpty();
      case Value.Items items -> !items.values().isEmpty();
      case Value.Entries entries -> !entries.values().isEmpty();
      case Value.Span span -> span.size() > 0;
      case Value.Parameter _,
          Value.Register _,
          Value.Element _,
          Value.Outcome _,
          Value.Observable _,
          Value.Expectation _,
          Value.Routine _,
          Value.Builtin _,
          Value.Module _,
          Value.Failed _,
          Value.Opaque _ ->
          throw diagnostics.invalid(
              offset,
              "a condition on " + value.kind(),
              "it is not known when the program is compiled");
    };
  }

  private boolean equal(int offset, Value left, Value right) {
    if (isNumber(left) && isNumber(right)) {
      return (left instanceof Value.Whole a && right instanceof Value.Whole b)
          ? a.value() == b.value()
          : real(left) == real(right);
    }
    if (left instanceof Value.Opaque || right instanceof Value.Opaque) {
      return truth(offset, left instanceof Value.Opaque ? left : right);
    }
    // What a run decides is not known now, and lists may stand in each other a million times.
    requirePlain(offset, left);
    requirePlain(offset, right);
    return left.equals(right);
  }

  private void requirePlain(int offset, Value value) {
    boolean plain =
        isNumber(value)
            || value instanceof Value.Text
            || value instanceof Value.Truth
            || value instanceof Value.Nothing;
    if (!plain) {
      throw diagnostics.invalid(
          offset,
          "a comparison with " + value.kind(),
          value instanceof Value.Outcome
              ? "compare it where an `if` begins, with nothing else"
              : "numbers, texts, True, False and None can be compared");
    }
  }

  private boolean ordered(int offset, String operator, Value left, Value right) {
    Value a = number(offset, left);
    Value b = number(offset, right);
    int order =
        (a instanceof Value.Whole x && b instanceof Value.Whole y)
            ? Long.compare(x.value(), y.value())
            : Double.compare(real(a), real(b));
    return switch (operator) {
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      default -> order >= 0;
    };
  }

  private Value calculated(int offset, String operator, Value left, Value right) {
    Value a = number(offset, left);
    Value b = number(offset, right);
    if (a instanceof Value.Whole x && b instanceof Value.Whole y) {
      Optional<Value> whole = whole(offset, operator, x.value(), y.value());
      if (whole.isPresent()) {
        return whole.get();
      }
    }
    return real(offset, operator, real(a), real(b));
  }

  private Optional<Value> whole(int offset, String operator, long a, long b) {
    try {
      return switch (operator) {
        case "+" -> Optional.of(new Value.Whole(Math.addExact(a, b)));
        case "-" -> Optional.of(new Value.Whole(Math.subtractExact(a, b)));
        case "*" -> Optional.of(new Value.Whole(Math.multiplyExact(a, b)));
        case "//" -> Optional.of(new Value.Whole(Math.floorDivExact(a, divisor(offset, b))));
        case "%" -> Optional.of(new Value.Whole(Math.floorMod(a, divisor(offset, b))));
        case "**" -> b < 0 ? Optional.empty() : Optional.of(new Value.Whole(power(a, b)));
        default -> Optional.empty();
      };
    } catch (ArithmeticException e) {
      throw tooLarge(offset);
    }
  }

  private long divisor(int offset, long value) {
    if (value == 0) {
      throw diagnostics.invalid(offset, "a division by zero", "");
    }
    return value;
  }

  /// By squaring; overflow throws before the exponent can matter.
  private static long power(long base, long exponent) {
    if (base == 0 || base == 1) {
      return exponent == 0 ? 1 : base;
    }
    if (base == -1) {
      return exponent % 2 == 0 ? 1 : -1;
    }
    long result = 1;
    for (long i = 0; i < exponent; i++) {
      result = Math.multiplyExact(result, base);
    }
    return result;
  }

  private Value real(int offset, String operator, double a, double b) {
    boolean divides = operator.equals("/") || operator.equals("//") || operator.equals("%");
    if ((divides && b == 0) || (operator.equals("**") && a == 0 && b < 0)) {
      throw diagnostics.invalid(offset, "a division by zero", "");
    }
    double result =
        switch (operator) {
          case "+" -> a + b;
          case "-" -> a - b;
          case "*" -> a * b;
          case "/" -> a / b;
          case "//" -> Math.floor(a / b);
          case "%" -> a - b * Math.floor(a / b);
          default -> Math.pow(a, b);
        };
    if (!Double.isFinite(result)) {
      throw tooLarge(offset);
    }
    return new Value.Real(result);
  }

  private Diagnostics.Reported tooLarge(int offset) {
    return diagnostics.invalid(offset, "a result that is too large or no number", "");
  }

  static boolean isNumber(Value value) {
    return value instanceof Value.Whole || value instanceof Value.Real;
  }

  /// A number as a fraction.
  static double real(Value number) {
    return switch (number) {
      case Value.Whole whole -> whole.value();
      case Value.Real real -> real.value();
      default -> throw new IllegalArgumentException("value: no number");
    };
  }

  private Value number(int offset, Value value) {
    if (isNumber(value)) {
      return value;
    }
    throw notANumber(offset, value);
  }

  private Diagnostics.Reported notANumber(int offset, Value value) {
    String hint =
        value instanceof Value.Parameter
            ? "angles are a number or a Param itself; make a Param of its own"
            : "";
    return diagnostics.invalid(offset, "a calculation with " + value.kind(), hint);
  }
}
