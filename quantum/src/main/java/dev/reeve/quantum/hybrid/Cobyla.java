package dev.reeve.quantum.hybrid;

/// COBYLA without constraints: M. J. D. Powell, "A direct search optimization method that models
/// the objective and constraint functions by linear interpolation", in Advances in Optimization and
/// Numerical Analysis, 1994. A linear model through the corners of a simplex is followed to the
/// edge of a trust region; corners that spoil the model are moved first; the region shrinks when
/// the model no longer helps.
final class Cobyla {
  /// How flat a simplex may be, and how long its edges, in radii of the region.
  private static final double FLAT = 0.25;

  private static final double LONG = 2.1;

  /// How far a corner is moved to make the simplex better, in heights.
  private static final double MOVE = 0.5;

  /// Edges beyond this are dropped first, in radii.
  private static final double FAR = 1.1;

  /// What share of the promised descent keeps the region.
  private static final double ENOUGH = 0.1;

  private final Search search;
  private final int n;
  private final double[] pole;

  /// Corner `j` less the pole.
  private final double[][] edges;

  /// Row `j` gives 1 with edge `j` and 0 with all others.
  private final double[][] dual;

  private final double[] values;
  private final double[] heights;
  private final double[] lengths;
  private double poleValue;
  private double radius;

  Cobyla(Search search, double[] start) {
    this.search = search;
    this.n = start.length;
    this.pole = start.clone();
    this.edges = new double[n][n];
    this.dual = new double[n][n];
    this.values = new double[n];
    this.heights = new double[n];
    this.lengths = new double[n];
  }

  Minimum run() {
    double last = search.settings().tolerance();
    radius = Math.max(search.settings().step(), last);
    begin();
    boolean trusting = true;
    do {
      turnToBest();
      boolean sound = measure();
      if (!trusting && !sound) {
        improve();
        trusting = true;
      } else if (!follow()) {
        trusting = sound;
        if (sound && radius <= last) {
          return search.found(true);
        }
        if (sound) {
          radius = radius <= 3 * last ? last : radius / 2;
        }
      }
    } while (search.iterated());
    return search.found(false);
  }

  private void begin() {
    poleValue = search.at(pole);
    for (int j = 0; j < n; j++) {
      edges[j][j] = radius;
      dual[j][j] = 1 / radius;
      values[j] = search.at(sum(edges[j]));
    }
  }

  private double[] sum(double[] edge) {
    double[] point = pole.clone();
    for (int i = 0; i < n; i++) {
      point[i] += edge[i];
    }
    return point;
  }

  /// Makes the best corner the pole.
  private void turnToBest() {
    int best = -1;
    double least = poleValue;
    for (int j = 0; j < n; j++) {
      if (values[j] < least) {
        least = values[j];
        best = j;
      }
    }
    if (best < 0) {
      return;
    }
    double[] moved = edges[best].clone();
    double[] row = new double[n];
    for (int i = 0; i < n; i++) {
      pole[i] += moved[i];
      for (int j = 0; j < n; j++) {
        row[i] -= dual[j][i];
        edges[j][i] = (j == best ? 0 : edges[j][i]) - moved[i];
      }
    }
    dual[best] = row;
    values[best] = poleValue;
    poleValue = least;
  }

  /// Heights and lengths of the simplex; whether it is neither too flat nor too long.
  private boolean measure() {
    boolean sound = true;
    for (int j = 0; j < n; j++) {
      heights[j] = 1 / norm(dual[j]);
      lengths[j] = norm(edges[j]);
      sound &= heights[j] >= FLAT * radius && lengths[j] <= LONG * radius;
    }
    return sound;
  }

  /// Moves the corner that spoils the simplex most, to the side where the model is lower.
  private void improve() {
    int drop = 0;
    for (int j = 1; j < n; j++) {
      drop = lengths[j] > lengths[drop] ? j : drop;
    }
    if (lengths[drop] <= LONG * radius) {
      for (int j = 0; j < n; j++) {
        drop = heights[j] < heights[drop] ? j : drop;
      }
    }
    double[] step = scaled(dual[drop], MOVE * radius * heights[drop]);
    if (dot(model(), step) > 0) {
      step = scaled(step, -1);
    }
    replace(drop, step);
    values[drop] = search.at(sum(step));
  }

  /// The gradient of the linear model.
  private double[] model() {
    double[] gradient = new double[n];
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        gradient[i] += (values[j] - poleValue) * dual[j][i];
      }
    }
    return gradient;
  }

  /// Goes down the model to the edge of the region; true when that went as promised.
  private boolean follow() {
    double[] gradient = model();
    double slope = norm(gradient);
    if (!(slope > 0)) {
      return false;
    }
    double[] step = scaled(gradient, -radius / slope);
    double value = search.at(sum(step));
    double gain = poleValue - value;
    int drop = corner(step, gain > 0);
    if (drop < 0) {
      return false;
    }
    replace(drop, step);
    values[drop] = value;
    return gain > 0 && gain >= ENOUGH * radius * slope;
  }

  /// Which corner gives way to a new one; -1 when the simplex would be worse with it.
  private int corner(double[] step, boolean better) {
    double most = better ? 0 : 1;
    int drop = -1;
    double[] shares = new double[n];
    for (int j = 0; j < n; j++) {
      shares[j] = Math.abs(dot(dual[j], step));
      if (shares[j] > most) {
        most = shares[j];
        drop = j;
      }
    }
    double longest = FAR * radius;
    for (int j = 0; j < n; j++) {
      double height = shares[j] * heights[j];
      if (height >= FLAT * radius || height >= heights[j]) {
        double length = better ? distance(step, edges[j]) : lengths[j];
        if (length > longest) {
          longest = length;
          drop = j;
        }
      }
    }
    return drop;
  }

  private void replace(int corner, double[] step) {
    dual[corner] = scaled(dual[corner], 1 / dot(dual[corner], step));
    for (int j = 0; j < n; j++) {
      if (j != corner) {
        double share = dot(dual[j], step);
        for (int i = 0; i < n; i++) {
          dual[j][i] -= share * dual[corner][i];
        }
      }
    }
    edges[corner] = step.clone();
  }

  private static double[] scaled(double[] vector, double factor) {
    double[] scaled = vector.clone();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] *= factor;
    }
    return scaled;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double norm(double[] vector) {
    return Math.sqrt(dot(vector, vector));
  }

  private static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }
}
