package dev.reeve.server;

import java.util.Map;
import java.util.TreeMap;

/// Counts by name.
final class Counts {
  private Counts() {}

  /// What two parts counted, together.
  static Map<String, Long> sum(Map<String, Long> one, Map<String, Long> other) {
    Map<String, Long> sum = new TreeMap<>(one);
    other.forEach((name, count) -> sum.merge(name, count, Long::sum));
    return sum;
  }
}
