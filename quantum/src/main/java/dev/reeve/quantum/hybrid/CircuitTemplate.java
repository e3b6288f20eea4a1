package dev.reeve.quantum.hybrid;

import dev.reeve.quantum.Circuit;
import java.util.List;
import java.util.Map;

/// A circuit whose parameters get their values later: read once, bound as often as it takes.
/// Implementations are immutable.
public interface CircuitTemplate {
  /// The names of its parameters, each once, in the order that vectors of values have.
  List<String> parameters();

  /// The circuit for these values. Names that it does not have are let be.
  ///
  /// @param values finite numbers by name; each parameter has one
  /// @throws dev.reeve.base.ProblemException when no circuit comes of these values
  Circuit bind(Map<String, Double> values);
}
