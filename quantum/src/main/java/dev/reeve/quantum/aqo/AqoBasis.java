package dev.reeve.quantum.aqo;

/// The axis along which a qubit is measured; the outcome is 0 for its positive eigenstate.
public enum AqoBasis {
  /// Plus is 0, minus is 1.
  X,
  /// The state that RX(-pi/2) makes of zero is 0.
  Y,
  /// The computational basis.
  Z
}
