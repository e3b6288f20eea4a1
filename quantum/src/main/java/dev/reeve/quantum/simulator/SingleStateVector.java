package dev.reeve.quantum.simulator;

import dev.reeve.quantum.ComplexMatrix;

/// A state vector in two arrays of floats: half the memory, about seven digits of each amplitude.
/// Sums and products are made of doubles. Large ones are worked on in blocks, see
/// [BlockedStateVector]; what this class does itself is for small ones and for wide gates.
final class SingleStateVector extends FlatStateVector {
  private static final int BYTES_LOG2 = 3;
  private static final int QUBITS_COUNTABLE = 58;
  private static final ComplexMatrix FLIP =
      ComplexMatrix.of(2, new double[] {0, 1, 1, 0}, new double[4]);
  private static final ComplexMatrix SWAP =
      ComplexMatrix.of(
          4, new double[] {1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1}, new double[16]);

  private float[] re;
  private float[] im;

  private SingleStateVector(int qubits, Checkpoint checkpoint) {
    super(qubits, checkpoint);
    this.re = new float[1 << qubits];
    this.im = new float[1 << qubits];
  }

  private SingleStateVector(SingleStateVector other) {
    super(other);
    this.re = new float[other.re.length];
    this.im = new float[other.im.length];
  }

  /// Makes vectors that these threads work on.
  static StateVectorFactory factory(Workers workers) {
    return new StateVectorFactory() {
      @Override
      public int qubitsMax() {
        return PlainStateVector.FACTORY.qubitsMax();
      }

      @Override
      public long bytes(int qubits) {
        return qubits > QUBITS_COUNTABLE ? Long.MAX_VALUE : 1L << (qubits + BYTES_LOG2);
      }

      @Override
      public StateVector zeroState(int qubits, Checkpoint checkpoint) {
        SingleStateVector vector = new SingleStateVector(qubits, checkpoint);
        vector.re[0] = 1;
        return BlockedStateVector.of(vector, workers, checkpoint);
      }
    };
  }

  @Override
  public void run(RowGroup group, Rows rows, int block) {
    group.run(re, im, rows, block);
  }

  @Override
  public void apply(ComplexMatrix matrix, int target, long mask, long value) {
    applyDense(matrix, new int[] {target}, mask, value);
  }

  @Override
  void run(DenseLoop loop, int from, int to, int fixed, int value) {
    loop.run(re, im, from, to, fixed, value);
  }

  @Override
  public void flip(int target, long mask, long value) {
    apply(FLIP, target, mask, value);
  }

  @Override
  public void swap(int first, int second, long mask, long value) {
    applyDense(SWAP, new int[] {first, second}, mask, value);
  }

  @Override
  void phaseWhere(double c, double s, long mask, long value) {
    long bit = Long.lowestOneBit(mask);
    boolean ofOne = (value & bit) != 0;
    double[] real = {ofOne ? 1 : c, 0, 0, ofOne ? c : 1};
    double[] imaginary = {ofOne ? 0 : s, 0, 0, ofOne ? s : 0};
    apply(
        ComplexMatrix.of(2, real, imaginary),
        Long.numberOfTrailingZeros(bit),
        mask & ~bit,
        value & ~bit);
  }

  @Override
  public double probabilityOfOne(int qubit) {
    int bit = 1 << qubit;
    double[] sum = new double[1];
    slices()
        .each(
            bit,
            SLICE,
            (from, to) -> {
              for (int base = from; base < to; base = ((base | bit) + bit) & ~bit) {
                int first = base | bit;
                sum[0] += norm(first, first + Math.min(bit, to - base));
              }
            });
    return sum[0];
  }

  @Override
  double norm(int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      double a = re[i];
      double b = im[i];
      sum += a * a + b * b;
    }
    return sum;
  }

  @Override
  public void collapse(int qubit, boolean one, double probability) {
    double scale = 1 / Math.sqrt(probability);
    double[] cells = one ? new double[] {0, 0, 0, scale} : new double[] {scale, 0, 0, 0};
    apply(ComplexMatrix.of(2, cells, new double[4]), qubit, 0, 0);
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
  public SingleStateVector copy() {
    SingleStateVector copy = new SingleStateVector(this);
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
    re = new float[0];
    im = new float[0];
  }
}
