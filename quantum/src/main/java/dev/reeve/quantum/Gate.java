package dev.reeve.quantum;

/// The gates of the circuit model, before any control is added. Every other gate of a language is
/// lowered to these; matrices are those of [GateMatrices].
public enum Gate {
  /// Identity: keeps its place in the drawing and the depth, does nothing.
  I(1, 0),
  /// Bit flip.
  X(1, 0),
  /// Bit and phase flip.
  Y(1, 0),
  /// Phase flip.
  Z(1, 0),
  /// Hadamard.
  H(1, 0),
  /// Square root of Z.
  S(1, 0),
  /// Inverse of S.
  SDG(1, 0),
  /// Fourth root of Z.
  T(1, 0),
  /// Inverse of T.
  TDG(1, 0),
  /// Square root of X.
  SX(1, 0),
  /// Inverse of SX.
  SXDG(1, 0),
  /// Phase on one: diag(1, e^(i a)).
  P(1, 1),
  /// Rotation about X by an angle: exp(-i a X / 2).
  RX(1, 1),
  /// Rotation about Y by an angle: exp(-i a Y / 2).
  RY(1, 1),
  /// Rotation about Z by an angle: exp(-i a Z / 2).
  RZ(1, 1),
  /// Any one-qubit unitary, angles theta, phi, lambda, gamma: e^(i gamma) times the matrix with
  /// rows (cos t/2, -e^(i lambda) sin t/2) and (e^(i phi) sin t/2, e^(i (phi + lambda)) cos t/2).
  U(1, 4),
  /// Exchange of two qubits.
  SWAP(2, 0),
  /// exp(-i a XX / 2).
  RXX(2, 1),
  /// exp(-i a YY / 2).
  RYY(2, 1),
  /// exp(-i a ZZ / 2).
  RZZ(2, 1),
  /// Phase e^(i a) of the whole state, or of the part its controls select; has no target.
  GPHASE(0, 1),
  /// A unitary given by its matrix; as many targets as the matrix has qubits.
  UNITARY(-1, 0);

  private final int targets;
  private final int angles;

  Gate(int targets, int angles) {
    this.targets = targets;
    this.angles = angles;
  }

  /// Number of target qubits, or -1 when the operation's matrix decides.
  public int targets() {
    return targets;
  }

  /// Number of angles, in radians.
  public int angles() {
    return angles;
  }
}
