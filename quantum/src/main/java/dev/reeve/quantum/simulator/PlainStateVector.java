package dev.reeve.quantum.simulator;

import dev.reeve.quantum.ComplexMatrix;

/// A state vector in two arrays of doubles, walked by plain loops: correct everywhere, and the
/// yardstick for faster twins.
final class PlainStateVector implements FlatVector {
  /// Indexes walked between two checkpoints: about a millisecond.
  private static final int SLICE = 1 << 18;

  static final StateVectorFactory FACTORY =
      new StateVectorFactory() {
        @Override
        public int qubitsMax() {
          return 30;
        }

        @Override
        public StateVector zeroState(int qubits, Checkpoint checkpoint) {
          return zero(qubits, checkpoint);
        }
      };

  private final int qubits;
  private final Checkpoint checkpoint;
  private final Slices slices;
  private double[] re;
  private double[] im;

  /// A factor of the whole state, kept apart because no measurement can see it.
  private double phaseRe = 1;

  private double phaseIm;

  private PlainStateVector(int qubits, Checkpoint checkpoint) {
    this.qubits = qubits;
    this.checkpoint = checkpoint;
    this.slices = new Slices(1 << qubits, checkpoint);
    this.re = new double[1 << qubits];
    this.im = new double[1 << qubits];
  }

  static PlainStateVector zero(int qubits, Checkpoint checkpoint) {
    PlainStateVector vector = new PlainStateVector(qubits, checkpoint);
    vector.re[0] = 1;
    return vector;
  }

  /// The real parts themselves.
  double[] reals() {
    return re;
  }

  /// The imaginary parts themselves.
  double[] imaginaries() {
    return im;
  }

  @Override
  public int qubits() {
    return qubits;
  }

  @Override
  public void run(RowGroup group, Rows rows, int block) {
    group.run(re, im, rows, block);
  }

  @Override
  public void apply(ComplexMatrix matrix, int target, long mask, long value) {
    int stride = 1 << target;
    int fixed = (int) mask | stride;
    PlainLoops.Pair pair = PlainLoops.pair(matrix);
    slices.each(
        fixed,
        SLICE,
        (from, to) -> PlainLoops.matrix(re, im, from, to, fixed, (int) value, stride, pair));
  }

  @Override
  public void applyDense(ComplexMatrix matrix, int[] targets, long mask, long value) {
    DenseLoop loop = new DenseLoop(matrix, targets);
    int fixed = (int) mask | loop.targetMask();
    int slice = Math.max(1 << targets.length, SLICE >> (2 * targets.length));
    slices.each(fixed, slice, (from, to) -> loop.run(re, im, from, to, fixed, (int) value));
  }

  @Override
  public void flip(int target, long mask, long value) {
    int bit = 1 << target;
    int fixed = (int) mask | bit;
    slices.each(
        fixed,
        SLICE,
        (from, to) -> PlainLoops.exchange(re, im, from, to, fixed, (int) value, (int) value | bit));
  }

  @Override
  public void swap(int first, int second, long mask, long value) {
    int low = 1 << Math.min(first, second);
    int high = 1 << Math.max(first, second);
    int fixed = (int) mask | low | high;
    slices.each(
        fixed,
        SLICE,
        (from, to) ->
            PlainLoops.exchange(re, im, from, to, fixed, (int) value | low, (int) value | high));
  }

  @Override
  public void phase(double c, double s, long mask, long value) {
    if (mask == 0) {
      double kept = phaseRe;
      phaseRe = kept * c - phaseIm * s;
      phaseIm = kept * s + phaseIm * c;
      return;
    }
    int fixed = (int) mask;
    slices.each(
        fixed, SLICE, (from, to) -> PlainLoops.phase(re, im, from, to, fixed, (int) value, c, s));
  }

  @Override
  public double probabilityOfOne(int qubit) {
    int bit = 1 << qubit;
    double[] sum = new double[1];
    slices.each(bit, SLICE, (from, to) -> sum[0] += PlainLoops.norm(re, im, from, to, bit, bit));
    return sum[0];
  }

  @Override
  public void collapse(int qubit, boolean one, double probability) {
    double scale = 1 / Math.sqrt(probability);
    int bit = 1 << qubit;
    slices.each(bit, SLICE, (from, to) -> PlainLoops.collapse(re, im, from, to, bit, one, scale));
  }

  @Override
  public double probability(long from, long to) {
    double sum = 0;
    for (long start = from; start < to; start += SLICE) {
      checkpoint.pass();
      sum += PlainLoops.norm(re, im, (int) start, (int) Math.min(to, start + SLICE), 0, 0);
    }
    return sum;
  }

  @Override
  public double re(long index) {
    return phaseRe * re[(int) index] - phaseIm * im[(int) index];
  }

  @Override
  public double im(long index) {
    return phaseRe * im[(int) index] + phaseIm * re[(int) index];
  }

  @Override
  public PlainStateVector copy() {
    PlainStateVector copy = new PlainStateVector(qubits, checkpoint);
    copy.phaseRe = phaseRe;
    copy.phaseIm = phaseIm;
    slices.each(
        0,
        SLICE,
        (from, to) -> {
          System.arraycopy(re, from, copy.re, from, to - from);
          System.arraycopy(im, from, copy.im, from, to - from);
        });
    return copy;
  }

  @Override
  public void close() {
    re = new double[0];
    im = new double[0];
  }
}
