package dev.reeve.quantum.simulator;

import dev.reeve.quantum.ComplexMatrix;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateMatrices;
import dev.reeve.quantum.Indexes;
import java.util.random.RandomGenerator;

/// A channel as draws: Pauli operators at random, or the jump of a damped qubit. An outcome is the
/// number of a Pauli string, two bits to a qubit: 0 nothing, 1 X, 2 Y, 3 Z.
final class PauliNoise {
  static final int X = 1;
  static final int Y = 2;
  static final int Z = 3;

  /// Most qubits that are depolarised together.
  static final int QUBITS_MAX = 12;

  private static final Gate[] GATES = {Gate.I, Gate.X, Gate.Y, Gate.Z};

  private final NoiseChannel channel;
  private final Indexes qubits;

  PauliNoise(Step.Noise noise) {
    this.channel = noise.channel();
    this.qubits = noise.qubits();
  }

  /// The probability that any operator other than the identity comes.
  double probability() {
    return switch (channel.kind()) {
      case DEPOLARIZING -> channel.strength() * (1 - Math.scalb(1.0, -2 * qubits.size()));
      case BIT_FLIP -> channel.strength();
      case DEPHASING, PHASE_DAMPING -> channel.phaseFlip();
      case AMPLITUDE_DAMPING -> throw new IllegalStateException("damping is no Pauli channel");
    };
  }

  /// One of them.
  int draw(RandomGenerator random) {
    return switch (channel.kind()) {
      case DEPOLARIZING -> 1 + (int) (random.nextDouble() * ((1 << (2 * qubits.size())) - 1));
      case BIT_FLIP -> X;
      case DEPHASING, PHASE_DAMPING -> Z;
      case AMPLITUDE_DAMPING -> throw new IllegalStateException("damping is no Pauli channel");
    };
  }

  /// Does what was drawn.
  void apply(Branch branch, int outcome) {
    for (int i = 0; i < qubits.size(); i++) {
      int pauli = (outcome >> (2 * i)) & 3;
      if (pauli != 0) {
        branch.state.pauli(qubits.get(i), pauli);
      }
    }
  }

  /// The operator as a step.
  static Step.Unitary step(int qubit, int pauli) {
    return new Step.Whole(GateMatrices.of(GATES[pauli]), Indexes.of(qubit));
  }

  /// What becomes of a damped qubit, whether it fell or not.
  ///
  /// @param one the probability, before, that it is one
  static void damp(ShotState state, int qubit, double strength, double one, boolean fell) {
    if (fell) {
      state.collapse(qubit, true, one);
      state.pauli(qubit, X);
      return;
    }
    double norm = Math.sqrt(1 - strength * one);
    double[] re = {1 / norm, 0, 0, Math.sqrt(1 - strength) / norm};
    state.apply(new Step.Whole(ComplexMatrix.of(2, re, new double[4]), Indexes.of(qubit)));
  }
}
