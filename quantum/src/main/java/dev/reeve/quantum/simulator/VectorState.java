package dev.reeve.quantum.simulator;

import dev.reeve.quantum.QuantumProblems;
import dev.reeve.quantum.SplitMix;
import org.jspecify.annotations.Nullable;

/// A state vector, or a density matrix, shared by shots.
final class VectorState implements ShotState {
  /// Floats round a hundred million times as much.
  private static final double SINGLE_CERTAIN = 1e-5;

  private final StateVector vector;
  private final Checkpoint checkpoint;

  VectorState(StateVector vector, Checkpoint checkpoint) {
    this.vector = vector;
    this.checkpoint = checkpoint;
  }

  @Override
  public void apply(Step.Unitary step) {
    switch (step) {
      case Step.Kernel kernel -> kernel.run(vector);
      case Step.Wide wide ->
          vector.applyDense(WholeMatrix.of(wide.gate()), wide.qubits().toArray(), 0, 0);
      case Step.Whole whole -> vector.applyDense(whole.matrix(), whole.qubits().toArray(), 0, 0);
    }
  }

  @Override
  public void pauli(int qubit, int which) {
    long bit = 1L << qubit;
    if (which != PauliNoise.Z) {
      vector.flip(qubit, 0, 0);
    }
    if (which != PauliNoise.X) {
      vector.phase(-1, 0, bit, bit);
    }
  }

  @Override
  public double probabilityOfOne(int qubit) {
    return vector.probabilityOfOne(qubit);
  }

  @Override
  public void collapse(int qubit, boolean one, double probability) {
    vector.collapse(qubit, one, probability);
  }

  @Override
  public boolean absorbs(Step.Noise noise) {
    return vector instanceof DensityMatrix matrix && matrix.absorb(noise);
  }

  @Override
  public boolean resets(int qubit) {
    return vector instanceof DensityMatrix matrix && matrix.reset(qubit);
  }

  @Override
  public boolean forgets(int qubit) {
    return vector instanceof DensityMatrix matrix && matrix.forget(qubit);
  }

  @Override
  public double certain() {
    return vector instanceof SingleStateVector ? SINGLE_CERTAIN : ShotState.super.certain();
  }

  @Override
  public void sample(ClassicalMemory memory, int shots, SplitMix random, Tally tally) {
    tally.sample(vector, memory, shots, random, checkpoint);
  }

  @Override
  public BasisProbabilities probabilities() {
    return vector;
  }

  @Override
  public Moments moments(PauliSum observable) {
    return vector instanceof DensityMatrix matrix
        ? DensityMoments.of(matrix, observable, checkpoint)
        : Moments.of(vector, observable, checkpoint);
  }

  @Override
  public Amplitudes amplitudes() {
    if (vector instanceof DensityMatrix) {
      throw QuantumProblems.SIMULATION_METHOD_UNSUITABLE
          .because("method: density_matrix has no amplitudes (expected: statevector)")
          .toException();
    }
    return Amplitudes.of(vector);
  }

  @Override
  public @Nullable ShotState copyOrNull() {
    StateVector copy = Allocation.copyOrNull(vector);
    return copy == null ? null : new VectorState(copy, checkpoint);
  }

  @Override
  public void close() {
    vector.close();
  }
}
