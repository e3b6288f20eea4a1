package dev.reeve.quantum.compiler;

/// How far apart two circuits may be that do the same.
///
/// @param angle how far one state may be turned away from the other, in radians; below 0.1
/// @param moved how much probability may have gone to other results
record Tolerance(double angle, double moved) {
  /// What rounding makes, and no more: for circuits that people compare.
  static final Tolerance EXACT = new Tolerance(1e-9, 1e-11);

  /// What a compiler may make of a circuit: it builds gates anew from numbers. A mistake of it is
  /// larger by far.
  static final Tolerance COMPILED = new Tolerance(1e-5, 1e-8);
}
