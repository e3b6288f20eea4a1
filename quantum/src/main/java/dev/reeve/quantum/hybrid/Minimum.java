package dev.reeve.quantum.hybrid;

import java.util.List;

/// What a search found.
///
/// @param point the best that was seen, in the order of the parameters
/// @param value there
/// @param iterations that it took
/// @param evaluations of the objective
/// @param converged whether the search ended by itself, not by its bound
/// @param history the best value after each iteration
public record Minimum(
    List<Double> point,
    double value,
    int iterations,
    int evaluations,
    boolean converged,
    List<Double> history) {
  public Minimum {
    point = List.copyOf(point);
    history = List.copyOf(history);
  }
}
