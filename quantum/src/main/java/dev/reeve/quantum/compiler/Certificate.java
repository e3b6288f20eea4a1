package dev.reeve.quantum.compiler;

import java.util.Optional;

/// Whether two circuits were seen to do the same, up to a phase of the whole.
///
/// @param equivalent empty when neither could be shown
/// @param method how it was found out
public record Certificate(Optional<Boolean> equivalent, Method method) {
  /// Ways to find out.
  public enum Method {
    /// What both do to every Pauli operator: exact, for Clifford circuits of any width.
    CLIFFORD_TABLEAU,
    /// What both do to one half of pairs that are fully entangled: all of a unitary at once.
    WHOLE_UNITARY,
    /// What both do to random product states: a difference is certain, the same is all but certain.
    RANDOM_STIMULI,
    /// The exact distribution of outcomes of both.
    DISTRIBUTION,
    /// The circuits are too wide, or decide while they run.
    NONE;

    /// Whether qubits were compared one by one, rather than results.
    public boolean comparesUnitaries() {
      return switch (this) {
        case CLIFFORD_TABLEAU, WHOLE_UNITARY, RANDOM_STIMULI -> true;
        case DISTRIBUTION, NONE -> false;
      };
    }
  }

  static Certificate of(boolean equivalent, Method method) {
    return new Certificate(Optional.of(equivalent), method);
  }

  static Certificate unknown() {
    return new Certificate(Optional.empty(), Method.NONE);
  }
}
