package dev.reeve.quantum.qasm;

import dev.reeve.quantum.ClassicalExpression;
import dev.reeve.quantum.Indexes;
import java.math.BigInteger;

/// A classical value while a program is lowered: known now, or only when the circuit runs.
sealed interface Value {
  ScalarType type();

  /// A known integer or truth value; truth is 1 or 0.
  record IntegerValue(ScalarType type, long value) implements Value {}

  /// A known number: of kind `FLOAT`, or `ANGLE` in radians from 0 up to a full turn.
  record RealValue(ScalarType type, double value) implements Value {}

  /// A known complex number.
  record ComplexValue(double re, double im) implements Value {
    @Override
    public ScalarType type() {
      return ScalarType.COMPLEX;
    }
  }

  /// Known bits.
  record BitsValue(int width, BigInteger bits) implements Value {
    @Override
    public ScalarType type() {
      return ScalarType.bits(width);
    }
  }

  /// A value that depends on measurements: bits, truth, an integer, or an angle in its steps.
  record Computed(ScalarType type, ClassicalExpression code) implements Value {}

  /// More bits than one expression can hold, some of them known only when the circuit runs.
  record WideBits(Indexes addresses) implements Value {
    @Override
    public ScalarType type() {
      return ScalarType.bits(addresses.size());
    }
  }

  static Value truth(boolean holds) {
    return new IntegerValue(ScalarType.BOOL, holds ? 1 : 0);
  }

  static Value real(double value) {
    return new RealValue(ScalarType.FLOAT, value);
  }

  /// A length of time in femtoseconds; not a number when only a schedule would tell.
  static Value duration(double femtoseconds) {
    return new RealValue(ScalarType.DURATION, femtoseconds);
  }

  /// What a variable of a type holds before anything is written to it.
  static Value zero(ScalarType type) {
    return switch (type.kind()) {
      case FLOAT, ANGLE, DURATION -> new RealValue(type, 0);
      case COMPLEX -> new ComplexValue(0, 0);
      case BIT -> new BitsValue(type.width(), BigInteger.ZERO);
      case BOOL, INT, UINT -> new IntegerValue(type, 0);
    };
  }

  static Value bits(int width, long value) {
    return new BitsValue(width, new BigInteger(Long.toUnsignedString(value)));
  }

  /// Whether the value depends on the run.
  default boolean isDynamic() {
    return this instanceof Computed || this instanceof WideBits;
  }
}
