package dev.reeve.quantum.hybrid;

import dev.reeve.quantum.SplitMix;

/// Simultaneous perturbation stochastic approximation with the gains that J. C. Spall recommends,
/// "Implementation of the simultaneous perturbation algorithm for stochastic optimization", IEEE
/// Transactions on Aerospace and Electronic Systems 34, 1998. The first gain is set from the slopes
/// along a few random directions, so that the first step is as long as was asked for.
final class Spsa {
  private static final double STEP_DECAY = 0.602;
  private static final double PROBE_DECAY = 0.101;
  private static final int PROBES = 10;

  /// Part of all iterations in which the gain hardly falls.
  private static final double PATIENCE = 0.1;

  /// How far probes are from the point, in steps.
  private static final double PROBE = 0.2;

  private final Search search;
  private final SplitMix random;
  private final double[] point;
  private final double probe;
  private final double patience;

  Spsa(Search search, double[] start) {
    this.search = search;
    this.random = new SplitMix(search.settings().seed());
    this.point = start.clone();
    this.probe = PROBE * search.settings().step();
    this.patience = PATIENCE * search.settings().iterationsMax();
  }

  Minimum run() {
    search.at(point);
    double gain = calibrate();
    int iteration = 0;
    do {
      double[] direction = direction();
      double length = probe / Math.pow(iteration + 1, PROBE_DECAY);
      double slope = slope(direction, length);
      double step = gain / Math.pow(iteration + 1 + patience, STEP_DECAY);
      for (int i = 0; i < point.length; i++) {
        point[i] -= step * slope * direction[i];
      }
      iteration++;
    } while (search.iterated());
    search.at(point);
    return search.found(true);
  }

  private double calibrate() {
    double sum = 0;
    for (int i = 0; i < PROBES; i++) {
      sum += Math.abs(slope(direction(), probe));
    }
    double mean = sum / PROBES;
    double first = search.settings().step() * Math.pow(1 + patience, STEP_DECAY);
    return mean > 0 ? first / mean : first;
  }

  /// Up or down along each parameter, each as likely.
  private double[] direction() {
    double[] direction = new double[point.length];
    for (int i = 0; i < direction.length; i++) {
      direction[i] = random.nextLong() < 0 ? -1 : 1;
    }
    return direction;
  }

  private double slope(double[] direction, double length) {
    return (search.at(shifted(direction, length)) - search.at(shifted(direction, -length)))
        / (2 * length);
  }

  private double[] shifted(double[] direction, double length) {
    double[] shifted = point.clone();
    for (int i = 0; i < shifted.length; i++) {
      shifted[i] += length * direction[i];
    }
    return shifted;
  }
}
