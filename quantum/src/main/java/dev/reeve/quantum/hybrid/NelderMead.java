package dev.reeve.quantum.hybrid;

import java.util.Arrays;
import java.util.Comparator;

/// The simplex method of J. A. Nelder and R. Mead, "A simplex method for function minimization",
/// The Computer Journal 7, 1965, with the coefficients that F. Gao and L. Han found for many
/// dimensions, Computational Optimization and Applications 51, 2012.
final class NelderMead {
  private final Search search;
  private final Corner[] corners;
  private final double expansion;
  private final double contraction;
  private final double shrinkage;

  /// A point and the value there; the point is never changed.
  private static final class Corner {
    private final double[] point;
    private final double value;

    Corner(double[] point, double value) {
      this.point = point;
      this.value = value;
    }
  }

  NelderMead(Search search, double[] start) {
    int n = start.length;
    double size = Math.max(2, n);
    this.search = search;
    this.expansion = 1 + 2 / size;
    this.contraction = 0.75 - 1 / (2 * size);
    this.shrinkage = 1 - 1 / size;
    this.corners = new Corner[n + 1];
    corners[0] = corner(start);
    for (int i = 0; i < n; i++) {
      double[] point = start.clone();
      point[i] += search.settings().step();
      corners[i + 1] = corner(point);
    }
  }

  private Corner corner(double[] point) {
    return new Corner(point, search.at(point));
  }

  Minimum run() {
    while (true) {
      Arrays.sort(corners, Comparator.comparingDouble(corner -> corner.value));
      if (size() <= search.settings().tolerance()) {
        return search.found(true);
      }
      step();
      if (!search.iterated()) {
        return search.found(false);
      }
    }
  }

  /// How far any corner is from the best one.
  private double size() {
    double most = 0;
    for (Corner corner : corners) {
      for (int i = 0; i < corner.point.length; i++) {
        most = Math.max(most, Math.abs(corner.point[i] - corners[0].point[i]));
      }
    }
    return most;
  }

  private void step() {
    int last = corners.length - 1;
    double[] centre = new double[last];
    for (int j = 0; j < last; j++) {
      for (int i = 0; i < last; i++) {
        centre[i] += corners[j].point[i] / last;
      }
    }
    Corner worst = corners[last];
    Corner reflected = corner(between(centre, worst.point, -1));
    if (reflected.value < corners[0].value) {
      Corner expanded = corner(between(centre, worst.point, -expansion));
      corners[last] = expanded.value < reflected.value ? expanded : reflected;
      return;
    }
    if (reflected.value < corners[last - 1].value) {
      corners[last] = reflected;
      return;
    }
    boolean outside = reflected.value < worst.value;
    Corner contracted = corner(between(centre, worst.point, outside ? -contraction : contraction));
    if (contracted.value < Math.min(reflected.value, worst.value)) {
      corners[last] = contracted;
      return;
    }
    for (int j = 1; j <= last; j++) {
      corners[j] = corner(between(corners[0].point, corners[j].point, shrinkage));
    }
  }

  /// From a centre towards a point, or away from it when the share is negative.
  private static double[] between(double[] centre, double[] point, double share) {
    double[] between = new double[centre.length];
    for (int i = 0; i < between.length; i++) {
      between[i] = centre[i] + share * (point[i] - centre[i]);
    }
    return between;
  }
}
