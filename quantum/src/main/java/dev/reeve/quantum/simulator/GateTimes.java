package dev.reeve.quantum.simulator;

/// How long operations take, in nanoseconds: other qubits wait meanwhile.
///
/// @param gate on one qubit
/// @param pair on several
/// @param readout a measurement or a reset
record GateTimes(double gate, double pair, double readout) {
  /// Nothing takes time.
  static final GateTimes NONE = new GateTimes(0, 0, 0);
}
