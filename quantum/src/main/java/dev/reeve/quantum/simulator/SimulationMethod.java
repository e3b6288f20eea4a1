package dev.reeve.quantum.simulator;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Ways to simulate a circuit.
public enum SimulationMethod {
  /// Whichever suits the circuit.
  AUTO,
  /// All amplitudes in memory.
  STATEVECTOR,
  /// Generators of a stabilizer group: Clifford gates alone.
  STABILIZER,
  /// A chain of small tensors: wide circuits that entangle little.
  MATRIX_PRODUCT_STATE,
  /// The density matrix: exact distributions under noise.
  DENSITY_MATRIX;

  /// Its name in commands and results.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The method of this name.
  public static Optional<SimulationMethod> of(String word) {
    return Arrays.stream(values()).filter(method -> method.word().equals(word)).findFirst();
  }

  /// The names of all.
  public static List<String> words() {
    return Arrays.stream(values()).map(SimulationMethod::word).toList();
  }
}
