package dev.reeve.quantum.qasm;

import dev.reeve.quantum.CancelSignal;
import java.math.BigInteger;
import java.util.OptionalDouble;

/// Values that are given to a program for what it declares as `input`. They are written as in a
/// program: `3`, `pi / 2`, `"0110"`, `true`.
final class Inputs {
  private final QasmOptions options;

  Inputs(QasmOptions options) {
    this.options = options;
  }

  Value value(Statement.Passage passage, ScalarType type, LoweringContext context) {
    String text = options.inputs().get(passage.name());
    if (text == null) {
      if (options.inputsAssumed()) {
        return assumed(type);
      }
      throw context.diagnostics.invalid(
          passage.nameOffset(),
          "input \"" + passage.name() + "\" has no value",
          "give it one when the program is run");
    }
    try {
      return read(text, type);
    } catch (Diagnostics.Reported _) {
      throw context.diagnostics.invalid(
          passage.nameOffset(),
          "input \"%s\" is \"%s\" (expected: %s)".formatted(passage.name(), text, type.shown()));
    }
  }

  /// To see whether a program is right without its inputs, any value will do.
  private static Value assumed(ScalarType type) {
    return switch (type.kind()) {
      case FLOAT, ANGLE, DURATION -> new Value.RealValue(type, 1);
      case INT, UINT, BOOL -> new Value.IntegerValue(type, 1);
      case BIT, COMPLEX -> Value.zero(type);
    };
  }

  /// Bits may be written bare, as results show them, or as the number they stand for.
  private Value read(String text, ScalarType type) {
    boolean bits = type.kind() == ScalarType.Kind.BIT;
    if (bits && text.length() == type.width() && text.chars().allMatch(c -> c == '0' || c == '1')) {
      return new Value.BitsValue(type.width(), new BigInteger(text, 2));
    }
    return parsed(text, type);
  }

  /// A number as a program of version 3 writes it; empty when it is none.
  static OptionalDouble number(String text) {
    try {
      Value value = new Inputs(QasmOptions.DEFAULT).parsed(text, ScalarType.FLOAT);
      return OptionalDouble.of(((Value.RealValue) value).value());
    } catch (Diagnostics.Reported _) {
      return OptionalDouble.empty();
    }
  }

  private Value parsed(String text, ScalarType type) {
    Diagnostics own = new Diagnostics(new SourceText("input", text), 1);
    QasmLimits limits = options.limits();
    Tokens tokens = Lexer.lex(own.source(), QasmVersion.V3, limits, own);
    if (own.count() > 0) {
      throw own.silently();
    }
    TokenCursor cursor = new TokenCursor(tokens, QasmVersion.V3, limits, own);
    Expression expression = new StatementParser(cursor).value();
    LoweringContext context = new LoweringContext(QasmVersion.V3, options, own, CancelSignal.NEVER);
    Value value = context.evaluator.evaluate(expression, Scope.global(QasmVersion.V3));
    if (type.kind() == ScalarType.Kind.BIT
        && value instanceof Value.IntegerValue number
        && number.value() >= 0
        && Long.SIZE - Long.numberOfLeadingZeros(number.value()) <= type.width()) {
      return new Value.BitsValue(type.width(), BigInteger.valueOf(number.value()));
    }
    return new Assignments(context).converted(value, type, expression);
  }
}
