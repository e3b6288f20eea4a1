package dev.reeve.quantum.hybrid;

import dev.reeve.base.Check;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// An angle that parameters decide: a constant plus a multiple of each of them.
///
/// @param constant in radians
/// @param factors by name of the parameter
public record ParameterAngle(double constant, SortedMap<String, Double> factors) {
  public ParameterAngle {
    Check.argument(Double.isFinite(constant), "constant: %s (expected: finite)", constant);
    for (double factor : factors.values()) {
      Check.argument(Double.isFinite(factor), "factor: %s (expected: finite)", factor);
    }
    factors = Collections.unmodifiableSortedMap(new TreeMap<>(factors));
  }

  /// The parameter itself.
  public static ParameterAngle of(String name) {
    return new ParameterAngle(0, new TreeMap<>(Map.of(name, 1.0)));
  }

  /// The angle for these values.
  ///
  /// @throws IllegalArgumentException when a parameter has no value
  public double value(Map<String, Double> values) {
    double sum = constant;
    for (Map.Entry<String, Double> factor : factors.entrySet()) {
      Double value = values.get(factor.getKey());
      if (value == null) {
        throw new IllegalArgumentException(factor.getKey() + ": none (expected: a value)");
      }
      sum += factor.getValue() * value;
    }
    return sum;
  }
}
