package dev.reeve.quantum.simulator;

import dev.reeve.quantum.CircuitMetrics;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a run found.
///
/// @param counts how often each outcome was seen, highest classical index first; never zero
/// @param found what else was asked for
/// @param shots as asked
/// @param seed as asked
/// @param method how it was simulated
/// @param qubits qubits the circuit declares
/// @param simulatedQubits qubits that took part: the others stay zero
/// @param metrics sizes of the circuit
/// @param measuredAtEnd true when the program writes no bit and every qubit was measured for it
/// @param memoryBytes most memory the amplitudes of one state took
/// @param more further facts by name
public record SimulationResult(
    SortedMap<String, Long> counts,
    Found found,
    int shots,
    long seed,
    String method,
    int qubits,
    int simulatedQubits,
    CircuitMetrics metrics,
    boolean measuredAtEnd,
    long memoryBytes,
    SortedMap<String, String> more) {
  /// How outcomes are written.
  public static final String BITSTRING_ORDER = "msb_first_by_classical_index";

  /// What was asked for beside the counts.
  ///
  /// @param probabilities the exact distribution
  /// @param memory the outcome of every shot
  /// @param amplitudes the final ones
  /// @param expectations of the observables, in their order
  public record Found(
      Optional<SortedMap<String, Double>> probabilities,
      List<String> memory,
      Optional<Amplitudes> amplitudes,
      List<Expectation> expectations) {
    /// Nothing more.
    public static final Found NOTHING =
        new Found(Optional.empty(), List.of(), Optional.empty(), List.of());

    public Found {
      probabilities =
          probabilities.map(exact -> Collections.unmodifiableSortedMap(new TreeMap<>(exact)));
      memory = List.copyOf(memory);
      Objects.requireNonNull(amplitudes, "amplitudes");
      expectations = List.copyOf(expectations);
    }
  }

  public SimulationResult {
    Objects.requireNonNull(found, "found");
    counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(metrics, "metrics");
    more = Collections.unmodifiableSortedMap(new TreeMap<>(more));
  }

  /// The same result with other further facts.
  public SimulationResult with(SortedMap<String, String> facts) {
    return new SimulationResult(
        counts,
        found,
        shots,
        seed,
        method,
        qubits,
        simulatedQubits,
        metrics,
        measuredAtEnd,
        memoryBytes,
        facts);
  }

  /// The exact distribution, when it was asked for.
  public Optional<SortedMap<String, Double>> probabilities() {
    return found.probabilities();
  }

  /// The facts of the run as text, sorted by name; counts and probabilities are not among them.
  public SortedMap<String, String> metadata() {
    SortedMap<String, String> facts = new TreeMap<>(more);
    facts.put("bitstring_order", BITSTRING_ORDER);
    facts.put("depth", Integer.toString(metrics.depth()));
    facts.put("gates", Integer.toString(metrics.gates()));
    facts.put("memory_bytes", Long.toString(memoryBytes));
    facts.put("method", method);
    facts.put("qubits", Integer.toString(qubits));
    facts.put("seed", Long.toString(seed));
    facts.put("shots", Integer.toString(shots));
    facts.put("simulated_qubits", Integer.toString(simulatedQubits));
    facts.put("two_qubit_gates", Integer.toString(metrics.twoQubitGates()));
    if (measuredAtEnd) {
      facts.put("measured_at_end", "true");
    }
    return facts;
  }
}
