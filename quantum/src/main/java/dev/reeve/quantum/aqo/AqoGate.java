package dev.reeve.quantum.aqo;

import java.util.List;
import java.util.Optional;

/// The gates of the format. Qubits are given controls first.
public enum AqoGate {
  /// Rotation about X.
  RX(1, 1, AqoVersion.V0_1),
  /// Rotation about Y.
  RY(1, 1, AqoVersion.V0_1),
  /// Rotation about Z.
  RZ(1, 1, AqoVersion.V0_1),
  /// Controlled X.
  CX(2, 0, AqoVersion.V0_1),
  /// Controlled Z.
  CZ(2, 0, AqoVersion.V0_1),
  /// Exchange of two qubits.
  SWAP(2, 0, AqoVersion.V0_1),
  /// X under two controls.
  CCX(3, 0, AqoVersion.V0_1),
  /// Z under two controls.
  CCZ(3, 0, AqoVersion.V0_1),
  /// Bit flip.
  X(1, 0, AqoVersion.V0_1),
  /// Bit and phase flip.
  Y(1, 0, AqoVersion.V0_1),
  /// Phase flip.
  Z(1, 0, AqoVersion.V0_1),
  /// Hadamard.
  H(1, 0, AqoVersion.V0_1),
  /// Square root of Z.
  S(1, 0, AqoVersion.V0_1),
  /// Fourth root of Z.
  T(1, 0, AqoVersion.V0_1),
  /// Inverse of S.
  SDG(1, 0, AqoVersion.V1_1),
  /// Inverse of T.
  TDG(1, 0, AqoVersion.V1_1),
  /// Square root of X.
  SX(1, 0, AqoVersion.V1_1),
  /// Phase on one.
  P(1, 1, AqoVersion.V1_1),
  /// Any one-qubit gate up to its phase, by theta, phi and lambda.
  U(1, 3, AqoVersion.V1_1),
  /// Controlled Y.
  CY(2, 0, AqoVersion.V1_1),
  /// Controlled H.
  CH(2, 0, AqoVersion.V1_1),
  /// Phase when both are one.
  CP(2, 1, AqoVersion.V1_1),
  /// Controlled rotation about X.
  CRX(2, 1, AqoVersion.V1_1),
  /// Controlled rotation about Y.
  CRY(2, 1, AqoVersion.V1_1),
  /// Controlled rotation about Z.
  CRZ(2, 1, AqoVersion.V1_1),
  /// exp(-i theta XX / 2).
  RXX(2, 1, AqoVersion.V1_1),
  /// exp(-i theta YY / 2).
  RYY(2, 1, AqoVersion.V1_1),
  /// exp(-i theta ZZ / 2).
  RZZ(2, 1, AqoVersion.V1_1),
  /// Exchange of two qubits with a phase i on what was exchanged.
  ISWAP(2, 0, AqoVersion.V1_1),
  /// Controlled SWAP.
  CSWAP(3, 0, AqoVersion.V1_1),
  /// Phase e^(i theta) of the whole state.
  GPHASE(0, 1, AqoVersion.V1_1);

  private static final List<String> ONE_ARGUMENT = List.of("theta");
  private static final List<String> ANGLES = List.of("theta", "phi", "lambda");

  private final int qubits;
  private final int arguments;
  private final AqoVersion since;

  AqoGate(int qubits, int arguments, AqoVersion since) {
    this.qubits = qubits;
    this.arguments = arguments;
    this.since = since;
  }

  /// The gate with this name.
  public static Optional<AqoGate> of(String name) {
    for (AqoGate gate : values()) {
      if (gate.name().equals(name)) {
        return Optional.of(gate);
      }
    }
    return Optional.empty();
  }

  /// How many qubits it takes.
  public int qubits() {
    return qubits;
  }

  /// The names of its arguments, in their order: angles in radians.
  public List<String> arguments() {
    return switch (arguments) {
      case 0 -> List.of();
      case 1 -> ONE_ARGUMENT;
      default -> ANGLES;
    };
  }

  /// The first version that has it.
  public AqoVersion since() {
    return since;
  }
}
