package dev.reeve.quantum.simulator;

import dev.reeve.quantum.ComplexMatrix;
import dev.reeve.quantum.Indexes;

/// The density matrix of some qubits, kept as a vector of twice as many: rows in the low half of an
/// index, columns in the high one. What a gate does to rows, its conjugate does to columns.
final class DensityMatrix implements StateVector {
  /// Entries looked at between two checkpoints.
  private static final int SLICE = 1 << 16;

  private final int qubits;
  private final PlainStateVector entries;
  private final Checkpoint checkpoint;

  private DensityMatrix(int qubits, PlainStateVector entries, Checkpoint checkpoint) {
    this.qubits = qubits;
    this.entries = entries;
    this.checkpoint = checkpoint;
  }

  /// Makes them.
  static final StateVectorFactory FACTORY =
      new StateVectorFactory() {
        @Override
        public int qubitsMax() {
          return PlainStateVector.FACTORY.qubitsMax() / 2;
        }

        @Override
        public long bytes(int qubits) {
          return PlainStateVector.FACTORY.bytes(2 * qubits);
        }

        @Override
        public StateVector zeroState(int qubits, Checkpoint checkpoint) {
          return new DensityMatrix(
              qubits, PlainStateVector.zero(2 * qubits, checkpoint), checkpoint);
        }
      };

  @Override
  public int qubits() {
    return qubits;
  }

  @Override
  public void apply(ComplexMatrix matrix, int target, long mask, long value) {
    entries.apply(matrix, target, mask, value);
    entries.apply(conjugate(matrix), target + qubits, mask << qubits, value << qubits);
  }

  @Override
  public void applyDense(ComplexMatrix matrix, int[] targets, long mask, long value) {
    int[] columns = new int[targets.length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = targets[i] + qubits;
    }
    entries.applyDense(matrix, targets, mask, value);
    entries.applyDense(conjugate(matrix), columns, mask << qubits, value << qubits);
  }

  private static ComplexMatrix conjugate(ComplexMatrix matrix) {
    int n = matrix.dimension();
    double[] re = new double[n * n];
    double[] im = new double[n * n];
    for (int cell = 0; cell < re.length; cell++) {
      re[cell] = matrix.re(cell / n, cell % n);
      im[cell] = -matrix.im(cell / n, cell % n);
    }
    return ComplexMatrix.of(n, re, im);
  }

  @Override
  public void flip(int target, long mask, long value) {
    entries.flip(target, mask, value);
    entries.flip(target + qubits, mask << qubits, value << qubits);
  }

  @Override
  public void swap(int first, int second, long mask, long value) {
    entries.swap(first, second, mask, value);
    entries.swap(first + qubits, second + qubits, mask << qubits, value << qubits);
  }

  @Override
  public void phase(double re, double im, long mask, long value) {
    if (mask != 0) {
      entries.phase(re, im, mask, value);
      entries.phase(re, -im, mask << qubits, value << qubits);
    }
  }

  @Override
  public double probabilityOfOne(int qubit) {
    double sum = 0;
    for (long index = 0; index < 1L << qubits; index++) {
      if ((index >> qubit & 1) == 1) {
        sum += probability(index);
      }
    }
    return sum;
  }

  @Override
  public void collapse(int qubit, boolean one, double probability) {
    entries.collapse(qubit, one, probability);
    entries.collapse(qubit + qubits, one, probability);
  }

  @Override
  public double probability(long index) {
    return entries.re((index << qubits) | index);
  }

  @Override
  public double probability(long from, long to) {
    checkpoint.pass();
    double sum = 0;
    for (long index = from; index < to; index++) {
      sum += probability(index);
    }
    return sum;
  }

  @Override
  public double re(long index) {
    return entries.re(index);
  }

  @Override
  public double im(long index) {
    return entries.im(index);
  }

  @Override
  public StateVector copy() {
    return new DensityMatrix(qubits, entries.copy(), checkpoint);
  }

  @Override
  public void close() {
    entries.close();
  }

  /// Applies a channel; always true: no channel needs a draw here.
  boolean absorb(Step.Noise noise) {
    double strength = noise.channel().strength();
    int qubit = noise.qubits().get(0);
    switch (noise.channel().kind()) {
      case DEPOLARIZING -> depolarise(noise.qubits(), strength);
      case BIT_FLIP -> mixFlipped(qubit, strength);
      case DEPHASING, PHASE_DAMPING -> damp(qubit, 0, 1 - 2 * noise.channel().phaseFlip());
      case AMPLITUDE_DAMPING -> damp(qubit, strength, Math.sqrt(1 - strength));
    }
    return true;
  }

  /// What is at one-one falls to zero-zero; always true.
  boolean reset(int qubit) {
    damp(qubit, 1, 0);
    return true;
  }

  /// What is off the diagonal goes; always true.
  boolean forget(int qubit) {
    damp(qubit, 0, 0);
    return true;
  }

  /// A share of what is at one-one falls to zero-zero; what is off the diagonal shrinks.
  private void damp(int qubit, double fall, double shrink) {
    double[] re = entries.reals();
    double[] im = entries.imaginaries();
    int row = 1 << qubit;
    int column = row << qubits;
    walk(
        row | column,
        base -> {
          int both = base | row | column;
          re[base] += fall * re[both];
          im[base] += fall * im[both];
          re[both] *= 1 - fall;
          im[both] *= 1 - fall;
          re[base | row] *= shrink;
          im[base | row] *= shrink;
          re[base | column] *= shrink;
          im[base | column] *= shrink;
        });
  }

  private void mixFlipped(int qubit, double strength) {
    double[] re = entries.reals();
    double[] im = entries.imaginaries();
    int row = 1 << qubit;
    int column = row << qubits;
    walk(
        row | column,
        base -> {
          mix(re, base, base | row | column, strength);
          mix(im, base, base | row | column, strength);
          mix(re, base | row, base | column, strength);
          mix(im, base | row, base | column, strength);
        });
  }

  private static void mix(double[] part, int first, int second, double strength) {
    double a = part[first];
    double b = part[second];
    part[first] = (1 - strength) * a + strength * b;
    part[second] = (1 - strength) * b + strength * a;
  }

  /// Every entry shrinks; of what is on the diagonal of these qubits, each gets an equal share.
  private void depolarise(Indexes which, double strength) {
    int dimension = 1 << which.size();
    int[] diagonal = new int[dimension];
    for (int i = 0; i < dimension; i++) {
      for (int bit = 0; bit < which.size(); bit++) {
        if ((i >> bit & 1) == 1) {
          diagonal[i] |= (1 << which.get(bit)) | (1 << (which.get(bit) + qubits));
        }
      }
    }
    int all = diagonal[dimension - 1];
    double[] re = entries.reals();
    double[] im = entries.imaginaries();
    double[] kept = new double[2];
    walk(
        all,
        base -> {
          kept[0] = 0;
          kept[1] = 0;
          for (int offset : diagonal) {
            kept[0] += re[base | offset];
            kept[1] += im[base | offset];
          }
          int offset = 0;
          do {
            re[base | offset] *= 1 - strength;
            im[base | offset] *= 1 - strength;
            offset = (offset - all) & all;
          } while (offset != 0);
          for (int each : diagonal) {
            re[base | each] += strength * kept[0] / dimension;
            im[base | each] += strength * kept[1] / dimension;
          }
        });
  }

  private interface AtBase {
    void visit(int base);
  }

  /// Visits every index whose fixed bits are all zero.
  private void walk(int fixed, AtBase visitor) {
    int size = 1 << (2 * qubits);
    int visited = 0;
    for (int base = 0; base < size; base = ((base | fixed) + 1) & ~fixed) {
      if (visited++ % SLICE == 0) {
        checkpoint.pass();
      }
      visitor.visit(base);
    }
  }
}
