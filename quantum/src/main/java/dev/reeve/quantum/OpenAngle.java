package dev.reeve.quantum;

import dev.reeve.base.Check;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// An angle that inputs of a program decide: a sum of multiples of them. Immutable.
///
/// @param offset in radians, finite
/// @param factors by the name of the input; never 0, finite
public record OpenAngle(double offset, SortedMap<String, Double> factors) {
  /// Factors nearer to 0 are rounding.
  private static final double NEGLIGIBLE = 1e-12;

  public OpenAngle {
    Check.argument(Double.isFinite(offset), "offset: %s (expected: finite)", offset);
    SortedMap<String, Double> kept = new TreeMap<>();
    factors.forEach((name, factor) -> {
      Check.argument(Double.isFinite(factor), "%s: %s (expected: finite)", name, factor);
      if (Math.abs(factor) > NEGLIGIBLE) {
        kept.put(name, factor);
      }
    });
    factors = Collections.unmodifiableSortedMap(kept);
  }

  /// An angle that is known.
  public static OpenAngle of(double radians) {
    return new OpenAngle(radians, new TreeMap<>());
  }

  /// Whether no input decides it any more.
  public boolean isKnown() {
    return factors.isEmpty();
  }

  /// The sum of two.
  public OpenAngle plus(OpenAngle other) {
    SortedMap<String, Double> sum = new TreeMap<>(factors);
    other.factors.forEach((name, factor) -> sum.merge(name, factor, Double::sum));
    return new OpenAngle(offset + other.offset, sum);
  }

  /// So many times as much.
  public OpenAngle times(double number) {
    SortedMap<String, Double> product = new TreeMap<>();
    factors.forEach((name, factor) -> product.put(name, factor * number));
    return new OpenAngle(offset * number, product);
  }

  /// In radians, for these values of the inputs.
  ///
  /// @throws IllegalArgumentException when one has no value
  public double value(Map<String, Double> inputs) {
    double sum = offset;
    for (Map.Entry<String, Double> each : factors.entrySet()) {
      Double value = inputs.get(each.getKey());
      if (value == null) {
        throw new IllegalArgumentException("inputs: no " + each.getKey());
      }
      sum += each.getValue() * value;
    }
    return sum;
  }

  /// The angle for some values that nobody would choose. What holds for it holds for almost all
  /// others: good to ask what commutes, and for nothing else.
  public double sample() {
    double sum = offset;
    for (Map.Entry<String, Double> each : factors.entrySet()) {
      sum += each.getValue() * (1 + new SplitMix(each.getKey().hashCode()).nextDouble());
    }
    return sum;
  }

  /// As OpenQASM writes it. Factors are written as floats, so that no angle is cut to a turn.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, Double> each : factors.entrySet()) {
      double factor = each.getValue();
      if (text.isEmpty()) {
        boolean plain = factor == 1 && offset == 0 && factors.size() == 1;
        text.append(plain ? "" : factor + "*");
      } else {
        text.append(factor < 0 ? " - " : " + ").append(Math.abs(factor)).append('*');
      }
      text.append(each.getKey());
    }
    if (text.isEmpty()) {
      return Double.toString(offset);
    }
    if (offset != 0) {
      text.append(offset < 0 ? " - " : " + ").append(Math.abs(offset));
    }
    return text.toString();
  }
}
