package dev.reeve.quantum.simulator;

import dev.reeve.base.Check;
import dev.reeve.quantum.QuantumProblems;
import java.util.Objects;

/// How to run a circuit.
///
/// @param shots how often; checked against the device's limit by the run
/// @param seed decides every draw: the same circuit, shots and seed give the same counts
/// @param memoryBytesMax most memory for amplitudes
/// @param outputs what to find out beside the counts
/// @param noise what goes wrong
/// @param precision of a state vector
public record RunOptions(
    int shots,
    long seed,
    long memoryBytesMax,
    Outputs outputs,
    NoiseModel noise,
    Precision precision) {
  /// Shots of a run that asks for no number.
  public static final int SHOTS_DEFAULT = 1024;

  /// Most shots of one run.
  public static final int SHOTS_MAX = 1_000_000;

  /// A million different outcomes of 32 bits, which fit a stored result.
  private static final long OUTCOME_BYTES_CEILING = 40L << 20;

  private static final long OUTCOME_BYTES_FLOOR = 1L << 20;

  public RunOptions {
    Objects.requireNonNull(outputs, "outputs");
    Objects.requireNonNull(noise, "noise");
    Objects.requireNonNull(precision, "precision");
    Check.argument(memoryBytesMax >= 0, "memoryBytesMax: %d (expected: >= 0)", memoryBytesMax);
  }

  /// Counts only.
  public static RunOptions of(int shots, long seed, long memoryBytesMax) {
    return new RunOptions(
        shots, seed, memoryBytesMax, Outputs.COUNTS, NoiseModel.NONE, Precision.AUTO);
  }

  /// Most bytes of different outcomes: a small share of the memory, for each of them costs several
  /// times its text while it is counted.
  long outcomeBytesMax() {
    return Math.clamp(memoryBytesMax / 16, OUTCOME_BYTES_FLOOR, OUTCOME_BYTES_CEILING);
  }

  /// Whether the exact distribution is asked for.
  public boolean probabilities() {
    return outputs.probabilities();
  }

  /// The same run with the exact distribution.
  public RunOptions withProbabilities() {
    return with(outputs.withProbabilities());
  }

  /// The same run with other outputs.
  public RunOptions with(Outputs wanted) {
    return new RunOptions(shots, seed, memoryBytesMax, wanted, noise, precision);
  }

  /// The same run with noise.
  public RunOptions withNoise(NoiseModel model) {
    return new RunOptions(shots, seed, memoryBytesMax, outputs, model, precision);
  }

  /// The same run with other shots and another seed.
  public RunOptions with(int times, long other) {
    return new RunOptions(times, other, memoryBytesMax, outputs, noise, precision);
  }

  /// The same run with other memory.
  public RunOptions withMemory(long bytesMax) {
    return new RunOptions(shots, seed, bytesMax, outputs, noise, precision);
  }

  /// The same run with amplitudes kept so.
  public RunOptions with(Precision wanted) {
    return new RunOptions(shots, seed, memoryBytesMax, outputs, noise, wanted);
  }

  /// @throws dev.reeve.base.ProblemException `SIMULATION_SHOTS_INVALID`
  void requireShots() {
    if (shots < 1 || shots > SHOTS_MAX) {
      throw QuantumProblems.SIMULATION_SHOTS_INVALID
          .field("shots", Integer.toString(shots), "1 to " + SHOTS_MAX)
          .toException();
    }
  }

  /// @param need bytes that the state of so many qubits takes
  /// @throws dev.reeve.base.ProblemException `SIMULATION_MEMORY_EXCEEDED`
  void requireMemory(long need, int qubits) {
    requireMemory(Long.toString(need), need > memoryBytesMax, qubits);
  }

  private void requireMemory(String need, boolean tooMuch, int qubits) {
    if (tooMuch) {
      throw QuantumProblems.SIMULATION_MEMORY_EXCEEDED
          .because(
              "memory: %s bytes for %d qubits (expected: at most %d bytes)"
                  .formatted(need, qubits, memoryBytesMax))
          .with("need_bytes", need)
          .with("limit_bytes", Long.toString(memoryBytesMax))
          .with("qubits", Integer.toString(qubits))
          .toException();
    }
  }
}
