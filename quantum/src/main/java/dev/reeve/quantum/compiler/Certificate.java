package dev.reeve.quantum.compiler;

import java.util.List;
import java.util.Optional;

/// Whether two circuits were seen to do the same, up to a phase of the whole.
///
/// @param equivalent empty when neither could be shown
/// @param method how it was found out
/// @param bindings for how many random values of their inputs; 0 where there are none, or nothing
///   was found out
public record Certificate(Optional<Boolean> equivalent, Method method, int bindings) {
  /// Of circuits without inputs.
  public Certificate(Optional<Boolean> equivalent, Method method) {
    this(equivalent, method, 0);
  }

  /// Ways to find out.
  public enum Method {
    /// What both do to every Pauli operator: exact, for Clifford circuits of any width.
    CLIFFORD_TABLEAU,
    /// What both do to one half of pairs that are fully entangled: all of a unitary at once.
    WHOLE_UNITARY,
    /// What both do to random product states: a difference is certain, the same is all but certain.
    RANDOM_STIMULI,
    /// The exact distribution of results of both.
    DISTRIBUTION,
    /// What both leave in their qubits, all of them zero at first.
    FINAL_STATES,
    /// The circuits are too wide, or lose what one would have to compare.
    NONE;

    /// Whether qubits were compared one by one, rather than results.
    public boolean comparesUnitaries() {
      return switch (this) {
        case CLIFFORD_TABLEAU, WHOLE_UNITARY, RANDOM_STIMULI -> true;
        case DISTRIBUTION, FINAL_STATES, NONE -> false;
      };
    }
  }

  static Certificate of(boolean equivalent, Method method) {
    return new Certificate(Optional.of(equivalent), method);
  }

  /// Of a whole whose parts were compared one by one, by the weakest of the methods and the fewest
  /// values.
  static Certificate all(List<Certificate> parts) {
    Method method = Method.CLIFFORD_TABLEAU;
    int bindings = 0;
    for (Certificate part : parts) {
      if (!part.equivalent().orElse(false)) {
        return part;
      }
      method = part.method().compareTo(method) > 0 ? part.method() : method;
      boolean fewer = part.bindings() > 0 && (bindings == 0 || part.bindings() < bindings);
      bindings = fewer ? part.bindings() : bindings;
    }
    return new Certificate(Optional.of(true), method, bindings);
  }

  static Certificate unknown() {
    return new Certificate(Optional.empty(), Method.NONE);
  }
}
