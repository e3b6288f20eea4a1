package dev.reeve.quantum.hybrid;

import dev.reeve.base.Check;
import dev.reeve.quantum.aqo.MeasuredAxes;
import dev.reeve.quantum.simulator.PauliSum;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A program to run: a circuit, perhaps with parameters, what is to be known of it, and perhaps a
/// search for the best parameters. Immutable.
///
/// @param template the circuit
/// @param defaults values that the program itself gives parameters; those without one need a value
///   from the caller or from the search
/// @param observable whose expectation value is the energy
/// @param minimization how to make the energy as small as possible; needs an observable
/// @param settings what the program says about its run, as the metadata of a job would: `shots`,
///   `seed`, `noise_model`, `optimization_level`, `target`, `max_iters`; the caller's own win
/// @param axes how means are read of the state in which the circuit ends
public record HybridProgram(
    CircuitTemplate template,
    Map<String, Double> defaults,
    Optional<PauliSum> observable,
    Optional<Minimization> minimization,
    SortedMap<String, String> settings,
    MeasuredAxes axes) {
  public HybridProgram {
    Objects.requireNonNull(template, "template");
    Objects.requireNonNull(observable, "observable");
    Objects.requireNonNull(minimization, "minimization");
    Objects.requireNonNull(axes, "axes");
    defaults = Map.copyOf(defaults);
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    Check.argument(
        minimization.isEmpty() || observable.isPresent(),
        "observable: none (expected: one to minimize)");
    int values = minimization.map(search -> search.initial().size()).orElse(0);
    Check.argument(
        minimization.isEmpty() || values == template.parameters().size(),
        "initial: %d (expected: %d)",
        values,
        template.parameters().size());
  }

  /// A program whose circuit ends in the state of which means are meant.
  public HybridProgram(
      CircuitTemplate template,
      Map<String, Double> defaults,
      Optional<PauliSum> observable,
      Optional<Minimization> minimization,
      SortedMap<String, String> settings) {
    this(template, defaults, observable, minimization, settings, MeasuredAxes.NONE);
  }

  /// The same program whose means are read so.
  public HybridProgram with(MeasuredAxes other) {
    return new HybridProgram(template, defaults, observable, minimization, settings, other);
  }

  /// A circuit to run as it is.
  public static HybridProgram of(CircuitTemplate template) {
    return new HybridProgram(
        template, Map.of(), Optional.empty(), Optional.empty(), Collections.emptySortedMap());
  }
}
