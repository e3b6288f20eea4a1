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
import java.util.ArrayList;
import java.util.List;

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
  Value read(Value word, Indexes positions, int offset) {
    if (!word.isDynamic()) {
      long raw = raw(word);
      BigInteger bits = BigInteger.ZERO;
      for (int i = 0; i < positions.size(); i++) {
        bits = (raw >> positions.get(i) & 1) == 1 ? bits.setBit(i) : bits;
      }
      return new BitsValue(positions.size(), bits);
    }
    ClassicalExpression code = ((Computed) word).code();
    List<Run> runs = runs(positions);
    requireSmall(code, runs.size(), offset);
    ClassicalExpression all = new Constant(0);
    for (int i = 0; i < runs.size(); i++) {
      Run run = runs.get(i);
      ClassicalExpression part = moved(cut(code, run.position, run.count), run.index);
      all = i == 0 ? part : new Binary(BinaryOperation.OR, all, part);
    }
    return new Computed(ScalarType.bits(positions.size()), all);
  }

  /// Bits one behind the other, the first the least significant.
  Value joined(Value first, Value second, int offset) {
    int low = first.type().width();
    int width = low + second.type().width();
    if (first instanceof BitsValue a && second instanceof BitsValue b) {
      return new BitsValue(width, a.bits().or(b.bits().shiftLeft(low)));
    }
    if (width > ClassicalExpression.WIDTH_MAX) {
      throw diagnostics.unsupported(
          offset, "more than 64 measured bits cannot be joined", "join registers with let");
    }
    return new Computed(
        ScalarType.bits(width),
        new Binary(BinaryOperation.OR, code(first), moved(code(second), low)));
  }

  /// A word with other bits at some positions.
  Value write(Value word, Indexes positions, Value bits, int offset) {
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
    ClassicalExpression code = code(bits);
    List<Run> runs = runs(positions);
    requireSmall(code, runs.size(), offset);
    for (Run run : runs) {
      ClassicalExpression part = moved(cut(code, run.index, run.count), run.position);
      all = new Binary(BinaryOperation.OR, all, part);
    }
    return new Computed(type, Integers.wrap(all, type));
  }

  /// Bits that lie side by side in a word and are chosen side by side, too.
  ///
  /// @param index of the first among those chosen
  /// @param position of the first in the word
  private record Run(int index, int position, int count) {}

  private static List<Run> runs(Indexes positions) {
    List<Run> runs = new ArrayList<>();
    int start = 0;
    for (int i = 1; i <= positions.size(); i++) {
      if (i == positions.size() || positions.get(i) != positions.get(i - 1) + 1) {
        runs.add(new Run(start, positions.get(start), i - start));
        start = i;
      }
    }
    return runs;
  }

  /// Every run has the code of the whole word again: what chooses bits of bits over and over would
  /// grow without bound.
  private void requireSmall(ClassicalExpression code, int copies, int offset) {
    if (copies > 1 && (long) copies * CodeSize.parts(code) > CodeSize.PARTS_MAX) {
      throw diagnostics.limit(
          offset,
          "bits of a value of the run that has more than %d parts itself"
              .formatted(CodeSize.PARTS_MAX / copies));
    }
  }

  /// Some bits of a value, moved down.
  private static ClassicalExpression cut(ClassicalExpression code, int position, int count) {
    ClassicalExpression shifted =
        position == 0
            ? code
            : new Binary(BinaryOperation.SHIFT_RIGHT_UNSIGNED, code, new Constant(position));
    return count == ClassicalExpression.WIDTH_MAX
        ? shifted
        : new Binary(BinaryOperation.AND, shifted, new Constant((1L << count) - 1));
  }

  private static ClassicalExpression moved(ClassicalExpression bits, int places) {
    return places == 0 ? bits : new Binary(BinaryOperation.SHIFT_LEFT, bits, new Constant(places));
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
