package dev.reeve.quantum.qasm;

/// Angles as the language has them: from 0 up to a full turn, and in steps of a fraction of it when
/// their width is given.
final class Angles {
  private static final double TURN = 2 * Math.PI;

  /// From this width on the steps are finer than a double.
  static final int WIDTH_EXACT_MAX = 52;

  private Angles() {}

  static Value.RealValue of(double radians, ScalarType type) {
    double turns = radians / TURN;
    turns -= Math.floor(turns);
    if (type.width() != ScalarType.MACHINE && type.width() <= WIDTH_EXACT_MAX) {
      double steps = Math.scalb(1.0, type.width());
      turns = Math.rint(turns * steps) / steps;
    }
    return new Value.RealValue(type, turns >= 1 ? 0 : turns * TURN);
  }

  /// Whether it is an angle whose steps can be counted. One without a width has as many as a number
  /// tells apart.
  static boolean hasSteps(ScalarType type) {
    return type.kind() == ScalarType.Kind.ANGLE && type.width() <= WIDTH_EXACT_MAX;
  }

  /// Bits of an angle that has steps.
  static int bits(ScalarType type) {
    return type.width() == ScalarType.MACHINE ? WIDTH_EXACT_MAX : type.width();
  }

  /// An angle of so many steps, cut to a turn.
  static Value.RealValue ofSteps(long steps, ScalarType type) {
    int bits = bits(type);
    return new Value.RealValue(type, radians(Integers.wrap(steps, ScalarType.bits(bits)), bits));
  }

  /// The number of steps of this width in an angle.
  static long steps(double radians, int width) {
    return (long) Math.rint(Math.scalb(radians / TURN, width)) & ((1L << width) - 1);
  }

  static double radians(long steps, int width) {
    return Math.scalb((double) steps, -width) * TURN;
  }
}
