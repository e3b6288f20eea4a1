package dev.reeve.quantum.simulator;

import dev.reeve.quantum.ComplexMatrix;

/// What vectors in two arrays share, whatever numbers the arrays keep: slices between checkpoints
/// and a factor of the whole state, kept apart because no measurement can see it.
abstract class FlatStateVector implements FlatVector {
  /// Indexes walked between two checkpoints: about a millisecond.
  static final int SLICE = 1 << 18;

  private final int qubits;
  private final Checkpoint checkpoint;
  private final Slices slices;
  private double phaseRe = 1;
  private double phaseIm;

  FlatStateVector(int qubits, Checkpoint checkpoint) {
    this.qubits = qubits;
    this.checkpoint = checkpoint;
    this.slices = new Slices(1 << qubits, checkpoint);
  }

  /// A vector of the same size and the same factor.
  FlatStateVector(FlatStateVector other) {
    this(other.qubits, other.checkpoint);
    this.phaseRe = other.phaseRe;
    this.phaseIm = other.phaseIm;
  }

  final Slices slices() {
    return slices;
  }

  @Override
  public final int qubits() {
    return qubits;
  }

  @Override
  public final void applyDense(ComplexMatrix matrix, int[] targets, long mask, long value) {
    DenseLoop loop = new DenseLoop(matrix, targets);
    int fixed = (int) mask | loop.targetMask();
    int slice = Math.max(1 << targets.length, SLICE >> (2 * targets.length));
    slices.each(fixed, slice, (from, to) -> run(loop, from, to, fixed, (int) value));
  }

  /// The loop over this vector's arrays.
  abstract void run(DenseLoop loop, int from, int to, int fixed, int value);

  @Override
  public final void phase(double c, double s, long mask, long value) {
    if (mask == 0) {
      double kept = phaseRe;
      phaseRe = kept * c - phaseIm * s;
      phaseIm = kept * s + phaseIm * c;
    } else {
      phaseWhere(c, s, mask, value);
    }
  }

  /// The phase of those amplitudes whose index has this value under the mask, which is not 0.
  abstract void phaseWhere(double c, double s, long mask, long value);

  @Override
  public final double probability(long from, long to) {
    double sum = 0;
    for (long start = from; start < to; start += SLICE) {
      checkpoint.pass();
      sum += norm((int) start, (int) Math.min(to, start + SLICE));
    }
    return sum;
  }

  /// The sum of the squares of these amplitudes.
  abstract double norm(int from, int to);

  @Override
  public final double re(long index) {
    return phaseRe * real((int) index) - phaseIm * imaginary((int) index);
  }

  @Override
  public final double im(long index) {
    return phaseRe * imaginary((int) index) + phaseIm * real((int) index);
  }

  /// The real part that is kept, without the factor.
  abstract double real(int index);

  /// The imaginary part that is kept, without the factor.
  abstract double imaginary(int index);
}
