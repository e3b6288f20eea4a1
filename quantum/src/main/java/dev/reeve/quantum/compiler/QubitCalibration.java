package dev.reeve.quantum.compiler;

import dev.reeve.base.Check;

/// What is known of one qubit of a device.
///
/// @param gateNanos how long a gate on it takes that is no turn about Z, in nanoseconds
/// @param gateError probability that such a gate goes wrong
/// @param readoutNanos how long a measurement takes
/// @param zeroAsOne probability that a zero is read as one
/// @param oneAsZero probability that a one is read as zero
/// @param t1Nanos time after which one in e qubits that were one still is
/// @param t2Nanos time after which one e-th of a superposition is left; at most twice the former
public record QubitCalibration(
    double gateNanos,
    double gateError,
    double readoutNanos,
    double zeroAsOne,
    double oneAsZero,
    double t1Nanos,
    double t2Nanos) {
  /// Figures of devices of the kind that the graphs come from.
  public static final QubitCalibration TYPICAL =
      new QubitCalibration(35, 0.0003, 700, 0.012, 0.012, 100_000, 80_000);

  public QubitCalibration {
    // Refusals call the figures what whoever writes them calls them, see CalibrationReader.
    requireTime("gate_ns", gateNanos);
    requireTime("readout_ns", readoutNanos);
    requireShare("gate_error", gateError);
    requireShare("readout_error", zeroAsOne);
    requireShare("readout_error", oneAsZero);
    Check.argument(t1Nanos > 0, "t1_us: %s (expected: > 0)", t1Nanos / 1_000);
    Check.argument(
        t2Nanos > 0 && t2Nanos <= 2 * t1Nanos,
        "t2_us: %s (expected: above 0, at most twice t1_us)",
        t2Nanos / 1_000);
  }

  /// How often an outcome is wrong, zeros and ones alike.
  public double readoutError() {
    return (zeroAsOne + oneAsZero) / 2;
  }

  static void requireTime(String name, double nanos) {
    Check.argument(nanos > 0 && nanos <= 1e9, "%s: %s (expected: up to 1e9)", name, nanos);
  }

  static void requireShare(String name, double share) {
    Check.argument(share >= 0 && share < 1, "%s: %s (expected: 0 to below 1)", name, share);
  }
}
