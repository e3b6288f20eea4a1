package dev.reeve.quantum.simulator;

/// How likely each basis state of some qubits is; qubit `q` is bit `q` of an index.
public interface BasisProbabilities {
  /// Number of qubits.
  int qubits();

  /// The probability of a basis state.
  double probability(long index);

  /// The probability of all basis states in `[from, to)` together. Passes a checkpoint now and
  /// then.
  double probability(long from, long to);
}
