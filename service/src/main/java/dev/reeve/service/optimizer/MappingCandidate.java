package dev.reeve.service.optimizer;

import dev.reeve.quantum.aqo.AqoDocument;
import java.util.SortedMap;
import java.util.TreeMap;

/// One way to run the circuit.
///
/// @param id made of its content
/// @param mapped the circuit on the device's qubits
/// @param confidence 0 to 1: how surely it does what the source does
/// @param summary one sentence for people
/// @param facts figures by name
public record MappingCandidate(
    String id,
    AqoDocument mapped,
    Score score,
    double confidence,
    String summary,
    SortedMap<String, String> facts) {
  /// What a candidate is ranked by, each 0 to 1.
  ///
  /// @param total the others as the objective weighs them
  /// @param latency share of coherence left when it ends
  /// @param fidelity chance that no gate and no measurement goes wrong
  /// @param resource two-qubit gates of the source as a share of its own
  /// @param risk that it does not do what the source does
  public record Score(
      double total, double latency, double fidelity, double resource, double risk) {}

  public MappingCandidate {
    facts = new TreeMap<>(facts);
  }
}
