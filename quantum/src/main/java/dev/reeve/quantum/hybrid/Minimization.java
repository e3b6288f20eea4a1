package dev.reeve.quantum.hybrid;

import dev.reeve.base.Check;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/// That a program's expectation value is to be made as small as possible.
///
/// @param method how
/// @param initial where to start: a value for each parameter of the template, in its order
/// @param options what else the program says about it, by name: numbers such as `max_iters`, `tol`,
///   `rhobeg`, `learning_rate`; who runs it refuses what it does not know
public record Minimization(
    MinimizeMethod method, List<Double> initial, SortedMap<String, Double> options) {
  public Minimization {
    Objects.requireNonNull(method, "method");
    initial = List.copyOf(initial);
    options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
    initial.forEach(
        value -> Check.argument(Double.isFinite(value), "initial: %s (expected: finite)", value));
    options.forEach((name, value) ->
        Check.argument(Double.isFinite(value), "%s: %s (expected: finite)", name, value));
  }
}
