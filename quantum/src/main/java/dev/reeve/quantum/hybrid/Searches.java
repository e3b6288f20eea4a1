package dev.reeve.quantum.hybrid;

import dev.reeve.quantum.QuantumProblems;
import dev.reeve.quantum.simulator.PauliSum;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Turns programs into searches.
final class Searches {
  private Searches() {}

  /// @throws dev.reeve.base.ProblemException `MINIMIZE_INVALID` without parameters or observable,
  ///   `PARAMETER_INVALID` for a parameter without value
  static OpenProgram.Bound of(OpenProgram.Bound bound, OpenProgram.Search search) {
    HybridProgram program = bound.program();
    List<String> names = program.template().parameters();
    if (names.isEmpty()) {
      throw QuantumProblems.MINIMIZE_INVALID
          .field("minimize", search.method().word(), "a program with parameters to vary")
          .toException();
    }
    Optional<PauliSum> observable = search.observable().or(program::observable);
    if (observable.isEmpty()) {
      throw QuantumProblems.MINIMIZE_INVALID
          .field("minimize", search.method().word(), "an observable as well")
          .toException();
    }
    List<Double> initial = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      initial.add(start(bound, i));
    }
    TreeMap<String, Double> options = new TreeMap<>();
    program.minimization().ifPresent(own -> options.putAll(own.options()));
    options.putAll(search.options());
    return new OpenProgram.Bound(
        new HybridProgram(
            program.template(),
            program.defaults(),
            observable,
            Optional.of(new Minimization(search.method(), initial, options)),
            program.settings(),
            program.axes()),
        Map.of());
  }

  private static double start(OpenProgram.Bound bound, int parameter) {
    HybridProgram program = bound.program();
    String name = program.template().parameters().get(parameter);
    return Optional.ofNullable(bound.values().get(name))
        .or(() -> program.minimization().map(own -> own.initial().get(parameter)))
        .or(() -> Optional.ofNullable(program.defaults().get(name)))
        .orElseThrow(() ->
            QuantumProblems.PARAMETER_INVALID
                .field("param." + name, "none", "a finite number to begin with")
                .toException());
  }
}
