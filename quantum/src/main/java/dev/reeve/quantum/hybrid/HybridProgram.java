package dev.reeve.quantum.hybrid;

import dev.reeve.base.Check;
import dev.reeve.quantum.simulator.PauliSum;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A program of a circuit and what to find out about it: counts alone, the mean of an observable as
/// well, or the values of its parameters that make the mean smallest. What a front end makes and
/// what an executor runs.
///
/// @param circuit with its parameters open
/// @param values of the parameters where nobody says another, by name
/// @param observable whose mean is asked for
/// @param minimize how to look for the smallest mean; there is an observable then
/// @param settings what the program itself says about its run, as metadata of a job says it:
///   `shots`, `seed`, `noise_model`, `optimization_level`; what the caller says comes first
public record HybridProgram(
    CircuitTemplate circuit,
    SortedMap<String, Double> values,
    Optional<PauliSum> observable,
    Optional<MinimizePlan> minimize,
    SortedMap<String, String> settings) {
  public HybridProgram {
    Objects.requireNonNull(circuit, "circuit");
    Objects.requireNonNull(observable, "observable");
    Objects.requireNonNull(minimize, "minimize");
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    for (Map.Entry<String, Double> value : values.entrySet()) {
      Check.argument(
          Double.isFinite(value.getValue()),
          "%s: %s (expected: finite)",
          value.getKey(),
          value.getValue());
    }
    Check.argument(
        minimize.isEmpty() || observable.isPresent(),
        "minimize: without observable (expected: an observable)");
  }

  /// A circuit whose counts alone are asked for.
  public static HybridProgram of(CircuitTemplate circuit) {
    return new HybridProgram(
        circuit, new TreeMap<>(), Optional.empty(), Optional.empty(), new TreeMap<>());
  }
}
