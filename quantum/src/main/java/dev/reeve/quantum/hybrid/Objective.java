package dev.reeve.quantum.hybrid;

/// What is made as small as possible. Called on the thread that minimizes; what it throws ends the
/// search.
@FunctionalInterface
public interface Objective {
  /// The value at a point.
  double at(double[] point);

  /// The gradient at a point.
  ///
  /// @throws UnsupportedOperationException where it is not known
  default double[] gradient(double[] point) {
    throw new UnsupportedOperationException("gradient");
  }
}
