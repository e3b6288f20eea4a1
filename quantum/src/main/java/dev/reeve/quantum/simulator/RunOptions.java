package dev.reeve.quantum.simulator;

import dev.reeve.base.Check;

/// How to run a circuit.
///
/// @param shots how often; checked against the device's limit by the run
/// @param seed decides every draw: the same circuit, shots and seed give the same counts
/// @param memoryBytesMax most memory for amplitudes
/// @param probabilities whether to give the exact distribution as well
public record RunOptions(int shots, long seed, long memoryBytesMax, boolean probabilities) {
  /// Shots of a run that asks for no number.
  public static final int SHOTS_DEFAULT = 1024;

  /// Most shots of one run.
  public static final int SHOTS_MAX = 1_000_000;

  public RunOptions {
    Check.argument(memoryBytesMax >= 0, "memoryBytesMax: %d (expected: >= 0)", memoryBytesMax);
  }

  /// Counts only.
  public static RunOptions of(int shots, long seed, long memoryBytesMax) {
    return new RunOptions(shots, seed, memoryBytesMax, false);
  }

  /// The same run with the exact distribution.
  public RunOptions withProbabilities() {
    return new RunOptions(shots, seed, memoryBytesMax, true);
  }
}
