package dev.reeve.quantum.hybrid;

import dev.reeve.base.Check;
import dev.reeve.quantum.QuantumProblems;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a program says about how to minimize.
///
/// @param method how
/// @param initial where to begin, by parameter; parameters of the circuit that are not here keep
///   the value they have
/// @param iterationsMax most iterations, 1 to [#ITERATIONS_CEILING]
/// @param tolerance how near the parameters have to be, in radians; greater than 0
/// @param step how far the first step goes, in radians; greater than 0
public record MinimizePlan(
    MinimizeMethod method,
    SortedMap<String, Double> initial,
    int iterationsMax,
    double tolerance,
    double step) {
  /// Most parameters that are varied.
  public static final int PARAMETERS_MAX = 1_000;

  /// Most iterations that a program may ask for.
  public static final int ITERATIONS_CEILING = 100_000;

  /// Iterations of a program that asks for no number.
  public static final int ITERATIONS_DEFAULT = 1_000;

  private static final double TOLERANCE_DEFAULT = 1e-4;
  private static final double STEP_DEFAULT = 0.5;

  public MinimizePlan {
    Objects.requireNonNull(method, "method");
    initial = Collections.unmodifiableSortedMap(new TreeMap<>(initial));
    for (double value : initial.values()) {
      Check.argument(Double.isFinite(value), "initial: %s (expected: finite)", value);
    }
    Check.argument(
        !initial.isEmpty() && initial.size() <= PARAMETERS_MAX,
        "initial: %d (expected: 1 to %d)",
        initial.size(),
        PARAMETERS_MAX);
    Check.argument(
        iterationsMax >= 1 && iterationsMax <= ITERATIONS_CEILING,
        "iterationsMax: %d (expected: 1 to %d)",
        iterationsMax,
        ITERATIONS_CEILING);
    Check.argument(isPositive(tolerance), "tolerance: %s (expected: > 0)", tolerance);
    Check.argument(isPositive(step), "step: %s (expected: > 0)", step);
  }

  /// Reads the words of a program. Options are `maxiter`, `tol` and `step` (`rhobeg` is another
  /// name of it); others are let be.
  ///
  /// @param field what refusals call the whole
  /// @param initial 1 to [#PARAMETERS_MAX] finite numbers
  /// @throws dev.reeve.base.ProblemException `MINIMIZE_INVALID`
  public static MinimizePlan parse(
      String field, String method, Map<String, Double> initial, Map<String, String> options) {
    if (initial.isEmpty()
        || initial.size() > PARAMETERS_MAX
        || !initial.values().stream().allMatch(Double::isFinite)) {
      throw invalid(
          field + ".initial_params",
          initial.size() + " values",
          "1 to %d finite numbers".formatted(PARAMETERS_MAX));
    }
    MinimizeMethod known =
        MinimizeMethod.of(method)
            .orElseThrow(() ->
                invalid(field + ".method", method, String.join(", ", MinimizeMethod.words())));
    double iterations =
        number(field, options, "maxiter", ITERATIONS_DEFAULT, 1, ITERATIONS_CEILING);
    if (iterations != Math.rint(iterations)) {
      throw invalid(field + ".maxiter", options.getOrDefault("maxiter", ""), "an integer");
    }
    double tolerance = number(field, options, "tol", TOLERANCE_DEFAULT, 1e-12, 1);
    double first = number(field, options, "rhobeg", STEP_DEFAULT, 1e-6, 10);
    double step = number(field, options, "step", first, 1e-6, 10);
    return new MinimizePlan(known, new TreeMap<>(initial), (int) iterations, tolerance, step);
  }

  private static double number(
      String field,
      Map<String, String> options,
      String key,
      double absent,
      double least,
      double most) {
    String text = options.get(key);
    if (text == null) {
      return absent;
    }
    try {
      double value = Double.parseDouble(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException _) {
      // Reported like a number out of range.
    }
    throw invalid(field + "." + key, text, "a number, %s to %s".formatted(least, most));
  }

  private static boolean isPositive(double value) {
    return value > 0 && value < Double.POSITIVE_INFINITY;
  }

  private static RuntimeException invalid(String field, String value, String expected) {
    return QuantumProblems.MINIMIZE_INVALID.field(field, value, expected).toException();
  }
}
