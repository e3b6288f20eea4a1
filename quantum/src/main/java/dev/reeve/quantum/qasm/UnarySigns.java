package dev.reeve.quantum.qasm;

import dev.reeve.quantum.ClassicalExpression;
import dev.reeve.quantum.ClassicalExpression.UnaryOperation;
import dev.reeve.quantum.qasm.Value.BitsValue;
import dev.reeve.quantum.qasm.Value.Computed;
import dev.reeve.quantum.qasm.Value.IntegerValue;
import dev.reeve.quantum.qasm.Value.RealValue;
import java.math.BigInteger;

/// Signs before a value: `!`, `-` and `~`, of known values and as code for the run.
final class UnarySigns {
  private final Diagnostics diagnostics;
  private final Conversions conversions;

  UnarySigns(Diagnostics diagnostics, Conversions conversions) {
    this.diagnostics = diagnostics;
    this.conversions = conversions;
  }

  Value of(Expression.Unary unary, Value value) {
    return switch (unary.sign()) {
      case NOT -> not(conversions.toBool(value, unary.offset()));
      case MINUS -> negate(unary, value);
      case COMPLEMENT -> complement(unary, value);
    };
  }

  private static Value not(Value truth) {
    return truth instanceof Computed computed
        ? new Computed(
            ScalarType.BOOL, new ClassicalExpression.Unary(UnaryOperation.NOT, computed.code()))
        : Value.truth(((IntegerValue) truth).value() == 0);
  }

  private Value negate(Expression.Unary unary, Value value) {
    return switch (value) {
      case IntegerValue(ScalarType type, long number) when type.kind() != ScalarType.Kind.BOOL ->
          new IntegerValue(type, Integers.wrap(-number, type));
      case RealValue(ScalarType type, double number) ->
          type.kind() == ScalarType.Kind.ANGLE
              ? Angles.of(-number, type)
              : new RealValue(type, -number);
      case Computed(ScalarType type, ClassicalExpression code)
          when type.kind() != ScalarType.Kind.BIT && type.kind() != ScalarType.Kind.BOOL ->
          new Computed(
              type,
              Integers.wrap(new ClassicalExpression.Unary(UnaryOperation.NEGATE, code), type));
      case Value.ComplexValue(double re, double im) -> new Value.ComplexValue(-re, -im);
      default -> throw cannot(unary, value);
    };
  }

  private Value complement(Expression.Unary unary, Value value) {
    return switch (value) {
      case BitsValue(int width, BigInteger number) ->
          new BitsValue(
              width, number.xor(BigInteger.ONE.shiftLeft(width).subtract(BigInteger.ONE)));
      case IntegerValue(ScalarType type, long number) ->
          type.kind() == ScalarType.Kind.BOOL
              ? Value.truth(number == 0)
              : new IntegerValue(type, Integers.wrap(~number, type));
      case RealValue known when Angles.hasSteps(known.type()) ->
          Angles.ofSteps(~Conversions.steps(known), known.type());
      case Computed(ScalarType type, ClassicalExpression _)
          when type.kind() == ScalarType.Kind.BOOL ->
          not(value);
      case Computed(ScalarType type, ClassicalExpression code) ->
          new Computed(
              type,
              Integers.wrap(new ClassicalExpression.Unary(UnaryOperation.COMPLEMENT, code), type));
      default -> throw cannot(unary, value);
    };
  }

  private Diagnostics.Reported cannot(Expression.Unary unary, Value value) {
    return diagnostics.invalid(
        unary.offset(),
        "\"%s\" before %s".formatted(unary.sign().text(), value.type().shown()),
        "cast it first");
  }
}
