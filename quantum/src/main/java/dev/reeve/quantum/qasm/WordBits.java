package dev.reeve.quantum.qasm;

import dev.reeve.quantum.ClassicalExpression;
import dev.reeve.quantum.ClassicalExpression.Binary;
import dev.reeve.quantum.ClassicalExpression.BinaryOperation;
import dev.reeve.quantum.ClassicalExpression.Constant;
import dev.reeve.quantum.ClassicalExpression.Unary;
import dev.reeve.quantum.ClassicalExpression.UnaryOperation;
import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.qasm.Value.BitsValue;
import dev.reeve.quantum.qasm.Value.Computed;
import dev.reeve.quantum.qasm.Value.IntegerValue;
import dev.reeve.quantum.qasm.Value.RealValue;
import java.math.BigInteger;

/// Single bits of numbers that have a width.
final class WordBits {
  private final Diagnostics diagnostics;

  WordBits(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  /// How many bits values of a type have.
  int width(ScalarType type, String name, int offset) {
    boolean counted =
        switch (type.kind()) {
          case BIT, INT, UINT -> type.width() != ScalarType.MACHINE;
          case ANGLE -> !type.isKnownOnly();
          case BOOL, FLOAT, COMPLEX, DURATION -> false;
        };
    if (!counted || type.width() > ClassicalExpression.WIDTH_MAX) {
      throw diagnostics.invalid(
          offset,
          "\"%s\" is %s and has no bits to choose".formatted(name, type.shown()),
          "declare it with a width, as in uint[8]");
    }
    return type.width();
  }

  /// The bits at some positions, the first the least significant.
  Value read(Value word, Indexes positions) {
    if (!word.isDynamic()) {
      long raw = raw(word);
      BigInteger bits = BigInteger.ZERO;
      for (int i = 0; i < positions.size(); i++) {
        bits = (raw >> positions.get(i) & 1) == 1 ? bits.setBit(i) : bits;
      }
      return new BitsValue(positions.size(), bits);
    }
    ClassicalExpression code = ((Computed) word).code();
    ClassicalExpression all = new Constant(0);
    for (int i = 0; i < positions.size(); i++) {
      ClassicalExpression bit = moved(bit(code, positions.get(i)), i);
      all = i == 0 ? bit : new Binary(BinaryOperation.OR, all, bit);
    }
    return new Computed(ScalarType.bits(positions.size()), all);
  }

  /// A word with other bits at some positions.
  Value write(Value word, Indexes positions, Value bits) {
    ScalarType type = word.type();
    long mask = 0;
    for (int i = 0; i < positions.size(); i++) {
      mask |= 1L << positions.get(i);
    }
    if (!word.isDynamic() && !bits.isDynamic()) {
      long raw = raw(word) & ~mask;
      for (int i = 0; i < positions.size(); i++) {
        raw |= (raw(bits) >> i & 1) << positions.get(i);
      }
      return ofRaw(raw, type);
    }
    ClassicalExpression all = new Binary(BinaryOperation.AND, code(word), new Constant(~mask));
    for (int i = 0; i < positions.size(); i++) {
      all = new Binary(BinaryOperation.OR, all, moved(bit(code(bits), i), positions.get(i)));
    }
    return new Computed(type, Integers.wrap(all, type));
  }

  private static ClassicalExpression bit(ClassicalExpression code, int position) {
    ClassicalExpression shifted =
        position == 0
            ? code
            : new Binary(BinaryOperation.SHIFT_RIGHT_UNSIGNED, code, new Constant(position));
    return new Binary(BinaryOperation.AND, shifted, new Constant(1));
  }

  private static ClassicalExpression moved(ClassicalExpression bit, int places) {
    return places == 0 ? bit : new Binary(BinaryOperation.SHIFT_LEFT, bit, new Constant(places));
  }

  private static ClassicalExpression code(Value value) {
    return value instanceof Computed computed ? computed.code() : new Constant(raw(value));
  }

  private static long raw(Value value) {
    return switch (value) {
      case IntegerValue known -> known.value();
      case BitsValue known -> known.bits().longValue();
      case RealValue known -> Conversions.steps(known);
      case Value.ComplexValue _, Computed _, Value.WideBits _ ->
          throw new IllegalArgumentException(value.toString());
    };
  }

  private static Value ofRaw(long raw, ScalarType type) {
    return switch (type.kind()) {
      case BIT -> Value.bits(type.width(), raw);
      case ANGLE -> new RealValue(type, Angles.radians(raw, type.width()));
      default -> new IntegerValue(type, Integers.wrap(raw, type));
    };
  }

  /// Whether a value is not zero, as the run works it out.
  static ClassicalExpression not(ClassicalExpression code) {
    return new Unary(UnaryOperation.NOT, code);
  }
}
