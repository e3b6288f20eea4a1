package dev.reeve.quantum.simulator;

import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import java.util.List;

/// What becomes of a qubit while it waits, which is what delays say.
///
/// @param detuningKilohertz how far its frequency is off: it turns about Z, always the same way
/// @param t1Micros time after which one in e qubits that were one still is; infinite for no loss
/// @param t2Micros time after which one e-th of a superposition is left; at most twice the former
record IdleNoise(double detuningKilohertz, double t1Micros, double t2Micros) {
  static final IdleNoise NONE =
      new IdleNoise(0, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

  private static final double NANOS_PER_MICRO = 1_000;
  private static final double KILOHERTZ_TIMES_NANOS = 1e-6;

  boolean isNone() {
    return equals(NONE);
  }

  /// The turn of a wait; an angle of 0 for none.
  GateOperation turn(int qubit, double nanoseconds) {
    double turns = detuningKilohertz * nanoseconds * KILOHERTZ_TIMES_NANOS;
    return GateOperation.of(Gate.RZ, new double[] {2 * Math.PI * turns}, qubit);
  }

  /// What is lost in a wait.
  List<NoiseChannel> losses(double nanoseconds) {
    double micros = nanoseconds / NANOS_PER_MICRO;
    if (Double.isInfinite(t1Micros)) {
      return List.of();
    }
    double phaseRate = Math.max(0, 1 / t2Micros - 1 / (2 * t1Micros));
    return List.of(
        new NoiseChannel(NoiseChannel.Kind.AMPLITUDE_DAMPING, -Math.expm1(-micros / t1Micros)),
        new NoiseChannel(NoiseChannel.Kind.PHASE_DAMPING, -Math.expm1(-2 * micros * phaseRate)));
  }
}
