package dev.reeve.quantum.hybrid;

/// Steepest descent with steps that are halved until they gain enough (L. Armijo, "Minimization of
/// functions having Lipschitz continuous first partial derivatives", Pacific Journal of Mathematics
/// 16, 1966) and grow again where they do.
final class GradientDescent {
  /// Share of what the slope promises that a step must gain. Much less would take steps that land
  /// as high on the other side of a valley, and go to and fro in it.
  private static final double ENOUGH = 0.3;

  private static final double GROWTH = 2;
  private static final int HALVINGS_MAX = 40;

  private final Search search;
  private double[] point;

  GradientDescent(Search search, double[] start) {
    this.search = search;
    this.point = start.clone();
  }

  Minimum run() {
    double value = search.at(point);
    double step = search.settings().step();
    do {
      double[] gradient = search.gradient(point);
      double square = 0;
      for (double each : gradient) {
        square += each * each;
      }
      if (Math.sqrt(square) <= search.settings().tolerance()) {
        return search.found(true);
      }
      double[] next = down(gradient, step);
      double found = search.at(next);
      int halvings = 0;
      while (found > value - ENOUGH * step * square && halvings < HALVINGS_MAX) {
        step /= 2;
        halvings++;
        next = down(gradient, step);
        found = search.at(next);
      }
      if (halvings == HALVINGS_MAX) {
        return search.found(true);
      }
      point = next;
      value = found;
      step *= halvings == 0 ? GROWTH : 1;
    } while (search.iterated());
    return search.found(false);
  }

  private double[] down(double[] gradient, double step) {
    double[] next = point.clone();
    for (int i = 0; i < next.length; i++) {
      next[i] -= step * gradient[i];
    }
    return next;
  }
}
