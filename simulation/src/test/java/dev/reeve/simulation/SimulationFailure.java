package dev.reeve.simulation;

/// A promise was broken in a simulated history.
final class SimulationFailure extends RuntimeException {
  /// @param steps the newest steps before it
  SimulationFailure(String steps, Throwable cause) {
    super(cause.getMessage() + "\n" + steps, cause);
  }
}
