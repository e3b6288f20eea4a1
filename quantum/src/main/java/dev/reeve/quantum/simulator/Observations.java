package dev.reeve.quantum.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// Adds up what observables are in the states that shots end in. The mean over shots with the same
/// state is taken exactly, so that only what a circuit draws on its way makes the value scatter.
final class Observations {
  private final List<PauliSum> observables;
  private final double[] means;
  private final double[] squares;
  private final double[] squaredMeans;
  private long shots;
  private int states;

  Observations(List<PauliSum> observables) {
    this.observables = observables;
    this.means = new double[observables.size()];
    this.squares = new double[observables.size()];
    this.squaredMeans = new double[observables.size()];
  }

  /// In the plan's qubits.
  List<PauliSum> observables() {
    return observables;
  }

  boolean isEmpty() {
    return observables.isEmpty();
  }

  /// Shots that end in the same state.
  ///
  /// @param moments of each observable, in their order
  void add(int some, List<Moments> moments) {
    for (int i = 0; i < means.length; i++) {
      double mean = moments.get(i).mean();
      means[i] += some * mean;
      squares[i] += some * moments.get(i).square();
      squaredMeans[i] += some * mean * mean;
    }
    shots += some;
    states++;
  }

  List<Expectation> expectations() {
    List<Expectation> found = new ArrayList<>();
    for (int i = 0; i < means.length; i++) {
      double value = means[i] / shots;
      double variance = squares[i] / shots - value * value;
      double between = Math.max(0, squaredMeans[i] / shots - value * value);
      found.add(
          new Expectation(
              value,
              Double.isNaN(variance)
                  ? OptionalDouble.empty()
                  : OptionalDouble.of(Math.max(0, variance)),
              states == 1 ? 0 : Math.sqrt(between / Math.max(1, shots - 1))));
    }
    return found;
  }
}
