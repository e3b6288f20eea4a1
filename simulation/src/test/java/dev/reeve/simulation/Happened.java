package dev.reeve.simulation;

import java.util.Map;
import java.util.TreeMap;

/// How often what happened, over all histories: a simulation in which nothing goes wrong shows
/// nothing.
final class Happened {
  private final Map<String, Integer> counts = new TreeMap<>();

  void count(String what) {
    counts.merge(what, 1, Integer::sum);
  }

  Map<String, Integer> counts() {
    return Map.copyOf(counts);
  }

  @Override
  public String toString() {
    return counts.toString();
  }
}
