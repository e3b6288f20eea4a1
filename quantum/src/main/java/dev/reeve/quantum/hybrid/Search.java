package dev.reeve.quantum.hybrid;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Keeps the best point of a search and counts. For one thread and one search.
final class Search {
  private final Objective objective;
  private final MinimizeSettings settings;
  private final Minimizer.Listener listener;
  private final List<Double> history = new ArrayList<>();
  private double[] best;
  private double bestValue = Double.POSITIVE_INFINITY;
  private int evaluations;

  Search(
      Objective objective, double[] start, MinimizeSettings settings, Minimizer.Listener listener) {
    this.objective = objective;
    this.settings = settings;
    this.listener = listener;
    this.best = start.clone();
  }

  MinimizeSettings settings() {
    return settings;
  }

  double at(double[] point) {
    double value = objective.at(point.clone());
    evaluations++;
    if (value < bestValue) {
      bestValue = value;
      best = point.clone();
    }
    return value;
  }

  double[] gradient(double[] point) {
    return objective.gradient(point.clone());
  }

  /// Ends an iteration; false when it was the last one allowed.
  boolean iterated() {
    history.add(bestValue);
    listener.iterated(history.size(), bestValue);
    return history.size() < settings.iterationsMax();
  }

  Minimum found(boolean converged) {
    return new Minimum(
        Arrays.stream(best).boxed().toList(),
        bestValue,
        history.size(),
        evaluations,
        converged,
        history);
  }
}
