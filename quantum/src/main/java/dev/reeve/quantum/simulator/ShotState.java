package dev.reeve.quantum.simulator;

import dev.reeve.quantum.SplitMix;
import org.jspecify.annotations.Nullable;

/// The quantum state that shots share until they part. Confined to one thread; what throws leaves
/// it undefined, and only [#close] may follow.
interface ShotState extends AutoCloseable {
  /// Applies a gate.
  void apply(Step.Unitary step);

  /// Applies a Pauli operator, see [PauliNoise].
  void pauli(int qubit, int which);

  /// The probability that measuring this qubit gives one.
  double probabilityOfOne(int qubit);

  /// Keeps only the part where a qubit has this value, and brings it back to norm 1.
  ///
  /// @param probability of that value, greater than 0
  void collapse(int qubit, boolean one, double probability);

  /// Applies a channel in full, without any draw; false when this kind of state has to draw.
  default boolean absorbs(Step.Noise noise) {
    return false;
  }

  /// Puts a qubit to zero without asking what it was; false when this kind of state has to draw.
  default boolean resets(int qubit) {
    return false;
  }

  /// Measures a qubit and keeps the outcome nowhere; false when this kind of state has to draw.
  default boolean forgets(int qubit) {
    return false;
  }

  /// Probabilities nearer than this to 0 or 1 are certain: the difference is rounding.
  default double certain() {
    return 1e-12;
  }

  /// Draws the plan's last measurements for shots that share this state and a memory.
  void sample(ClassicalMemory memory, int shots, SplitMix random, Tally tally);

  /// The exact probability of each basis state, where this kind of state knows it.
  ///
  /// @throws dev.reeve.base.ProblemException `SIMULATION_METHOD_UNSUITABLE`
  BasisProbabilities probabilities();

  /// What an observable is on average in this state, and its square.
  Moments moments(PauliSum observable);

  /// The amplitudes, where this kind of state has them.
  ///
  /// @throws dev.reeve.base.ProblemException `SIMULATION_METHOD_UNSUITABLE`
  Amplitudes amplitudes();

  /// How far the probability of any set of outcomes may be from the exact one, so far.
  default double errorBound() {
    return 0;
  }

  /// The same state, on its own from now on; null when there is no room.
  @Nullable ShotState copyOrNull();

  @Override
  void close();
}
