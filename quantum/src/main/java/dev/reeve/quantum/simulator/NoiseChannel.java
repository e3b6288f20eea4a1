package dev.reeve.quantum.simulator;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// One thing that goes wrong with qubits right after a gate.
///
/// @param kind what goes wrong
/// @param strength 0 to 1, see [Kind]
/// @param pairStrength the same after gates on several qubits
public record NoiseChannel(Kind kind, double strength, double pairStrength) {
  /// The same after any gate.
  public NoiseChannel(Kind kind, double strength) {
    this(kind, strength, strength);
  }

  /// What goes wrong, with its strength `s`.
  public enum Kind {
    /// With probability s the gate's qubits are replaced, together, by the maximally mixed state.
    DEPOLARIZING,
    /// With probability s a qubit is flipped.
    BIT_FLIP,
    /// With probability s the phase of a qubit is flipped.
    DEPHASING,
    /// A qubit that is one falls to zero with probability s.
    AMPLITUDE_DAMPING,
    /// What lies off the diagonal of a qubit's density matrix is multiplied by the root of 1 - s.
    PHASE_DAMPING;

    /// Its name in noise models.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Kind> of(String word) {
      return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }
  }

  /// What it is after a gate on so many qubits.
  NoiseChannel after(int qubits) {
    return new NoiseChannel(kind, qubits > 1 ? pairStrength : strength);
  }

  /// Whether it never happens.
  boolean isNone() {
    return strength == 0 && pairStrength == 0;
  }

  /// Whether it is a mixture of Pauli operators whose probabilities do not depend on the state.
  boolean isPauli() {
    return kind != Kind.AMPLITUDE_DAMPING;
  }

  /// The probability of a flip of the phase that does what damping of the phase does.
  double phaseFlip() {
    return kind == Kind.PHASE_DAMPING ? (1 - Math.sqrt(1 - strength)) / 2 : strength;
  }
}
