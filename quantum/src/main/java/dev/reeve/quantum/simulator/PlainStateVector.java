package dev.reeve.quantum.simulator;

import dev.reeve.quantum.ComplexMatrix;

/// A state vector in two arrays of doubles, walked by plain loops: correct everywhere, and the
/// yardstick for faster twins.
final class PlainStateVector extends FlatStateVector {
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

  private double[] re;
  private double[] im;

  private PlainStateVector(int qubits, Checkpoint checkpoint) {
    super(qubits, checkpoint);
    this.re = new double[1 << qubits];
    this.im = new double[1 << qubits];
  }

  private PlainStateVector(PlainStateVector other) {
    super(other);
    this.re = new double[other.re.length];
    this.im = new double[other.im.length];
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
  public void run(RowGroup group, Rows rows, int block) {
    group.run(re, im, rows, block);
  }

  @Override
  public void apply(ComplexMatrix matrix, int target, long mask, long value) {
    int stride = 1 << target;
    int fixed = (int) mask | stride;
    PlainLoops.Pair pair = PlainLoops.pair(matrix);
    slices()
        .each(
            fixed,
            SLICE,
            (from, to) -> PlainLoops.matrix(re, im, from, to, fixed, (int) value, stride, pair));
  }

  @Override
  void run(DenseLoop loop, int from, int to, int fixed, int value) {
    loop.run(re, im, from, to, fixed, value);
  }

  @Override
  public void flip(int target, long mask, long value) {
    int bit = 1 << target;
    int fixed = (int) mask | bit;
    slices()
        .each(
            fixed,
            SLICE,
            (from, to) ->
                PlainLoops.exchange(re, im, from, to, fixed, (int) value, (int) value | bit));
  }

  @Override
  public void swap(int first, int second, long mask, long value) {
    int low = 1 << Math.min(first, second);
    int high = 1 << Math.max(first, second);
    int fixed = (int) mask | low | high;
    slices()
        .each(
            fixed,
            SLICE,
            (from, to) ->
                PlainLoops.exchange(
                    re, im, from, to, fixed, (int) value | low, (int) value | high));
  }

  @Override
  void phaseWhere(double c, double s, long mask, long value) {
    int fixed = (int) mask;
    slices()
        .each(
            fixed,
            SLICE,
            (from, to) -> PlainLoops.phase(re, im, from, to, fixed, (int) value, c, s));
  }

  @Override
  public double probabilityOfOne(int qubit) {
    int bit = 1 << qubit;
    double[] sum = new double[1];
    slices().each(bit, SLICE, (from, to) -> sum[0] += PlainLoops.norm(re, im, from, to, bit, bit));
    return sum[0];
  }

  @Override
  public void collapse(int qubit, boolean one, double probability) {
    double scale = 1 / Math.sqrt(probability);
    int bit = 1 << qubit;
    slices().each(bit, SLICE, (from, to) -> PlainLoops.collapse(re, im, from, to, bit, one, scale));
  }

  @Override
  double norm(int from, int to) {
    return PlainLoops.norm(re, im, from, to, 0, 0);
  }

  @Override
  double real(int index) {
    return re[index];
  }

  @Override
  double imaginary(int index) {
    return im[index];
  }

  @Override
  public PlainStateVector copy() {
    PlainStateVector copy = new PlainStateVector(this);
    slices()
        .each(
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
