package dev.reeve.quantum.compiler;

/// What is known of two neighbours of a device.
///
/// @param nanos how long a controlled flip takes, in nanoseconds
/// @param error probability that it goes wrong
public record PairCalibration(double nanos, double error) {
  /// Figures of devices of the kind that the graphs come from.
  public static final PairCalibration TYPICAL = new PairCalibration(300, 0.008);

  public PairCalibration {
    QubitCalibration.requireTime("two_qubit_ns", nanos);
    QubitCalibration.requireShare("two_qubit_error", error);
  }
}
