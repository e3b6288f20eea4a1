package dev.reeve.quantum.simulator;

import dev.reeve.quantum.ComplexMatrix;
import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.simulator.RowStep.Condition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Steps whose targets are few enough that blocks of the vector can be brought into cache, changed
/// by all of them and put back: one walk through memory for many steps. The targets number the rows
/// of a block, other qubits its columns, and the rest which block it is.
final class RowGroup {
  /// Columns of a block: long enough for vector instructions.
  static final int COLUMN_QUBITS = 7;

  /// Qubits of a block: half a megabyte.
  static final int BLOCK_QUBITS = 15;

  /// Most targets of a dense step within a block.
  static final int DENSE_QUBITS_MAX = 4;

  private final int qubits;
  private final int[] rowQubits;
  private final int[] columnQubits;
  private final int[] place;
  private final int[] rowOffsets;
  private final int[] columnOffsets;
  private final long outerMask;
  private final List<RowStep> steps = new ArrayList<>();
  private final List<Step.Phase> phases = new ArrayList<>();

  /// @param targets every qubit that a step of the group targets
  RowGroup(int qubits, long targets, List<Step.Kernel> kernels) {
    this.qubits = qubits;
    int block = blockQubits(qubits);
    this.columnQubits = new int[COLUMN_QUBITS];
    this.rowQubits = new int[block - COLUMN_QUBITS];
    this.place = new int[qubits];
    assign(targets);
    this.rowOffsets = offsets(rowQubits);
    this.columnOffsets = offsets(columnQubits);
    long inside = 0;
    for (int qubit : rowQubits) {
      inside |= 1L << qubit;
    }
    for (int qubit : columnQubits) {
      inside |= 1L << qubit;
    }
    this.outerMask = ~inside & ((1L << qubits) - 1);
    kernels.forEach(this::add);
    flushPhases();
  }

  /// Small vectors have several blocks, too, for several threads.
  static int blockQubits(int qubits) {
    return Math.min(BLOCK_QUBITS, qubits - 2);
  }

  /// Whether a step can be done within blocks at all.
  static boolean fits(Step.Kernel kernel) {
    return !(kernel instanceof Step.ApplyDense dense)
        || (dense.targets().size() <= DENSE_QUBITS_MAX && dense.mask() == 0);
  }

  /// Targets become rows; the lowest others columns; the next others fill up the rows.
  private void assign(long targets) {
    int rows = 0;
    int columns = 0;
    int free = rowQubits.length - Long.bitCount(targets);
    for (int qubit = 0; qubit < qubits; qubit++) {
      if ((targets >> qubit & 1) == 1) {
        place[qubit] = rows;
        rowQubits[rows++] = qubit;
      } else if (columns < COLUMN_QUBITS) {
        place[qubit] = ~columns;
        columnQubits[columns++] = qubit;
      } else if (free > 0) {
        free--;
        place[qubit] = rows;
        rowQubits[rows++] = qubit;
      }
    }
  }

  private static int[] offsets(int[] which) {
    int[] offsets = new int[1 << which.length];
    for (int index = 0; index < offsets.length; index++) {
      for (int bit = 0; bit < which.length; bit++) {
        offsets[index] |= (index >> bit & 1) << which[bit];
      }
    }
    return offsets;
  }

  /// Number of blocks.
  int blocks() {
    return 1 << Long.bitCount(outerMask);
  }

  Rows newRows() {
    return new Rows(rowOffsets.length, columnOffsets.length);
  }

  /// Brings a block in, runs all steps on it and puts it back.
  void run(double[] re, double[] im, Rows rows, int number) {
    long base = Long.expand(number, outerMask);
    move(re, rows.re, (int) base, true);
    move(im, rows.im, (int) base, true);
    for (RowStep step : steps) {
      if (step.outer().holds(base)) {
        step.run(rows, base);
      }
    }
    move(re, rows.re, (int) base, false);
    move(im, rows.im, (int) base, false);
  }

  /// The same with floats, of which doubles are made on the way in.
  void run(float[] re, float[] im, Rows rows, int number) {
    long base = Long.expand(number, outerMask);
    load(re, rows.re, (int) base);
    load(im, rows.im, (int) base);
    for (RowStep step : steps) {
      if (step.outer().holds(base)) {
        step.run(rows, base);
      }
    }
    store(re, rows.re, (int) base);
    store(im, rows.im, (int) base);
  }

  private void load(float[] part, double[][] rows, int base) {
    for (int row = 0; row < rowOffsets.length; row++) {
      int at = base | rowOffsets[row];
      double[] into = rows[row];
      for (int i = 0; i < into.length; i++) {
        into[i] = part[at | columnOffsets[i]];
      }
    }
  }

  private void store(float[] part, double[][] rows, int base) {
    for (int row = 0; row < rowOffsets.length; row++) {
      int at = base | rowOffsets[row];
      double[] from = rows[row];
      for (int i = 0; i < from.length; i++) {
        part[at | columnOffsets[i]] = (float) from[i];
      }
    }
  }

  private void move(double[] part, double[][] rows, int base, boolean in) {
    int length = columnOffsets.length;
    boolean whole = columnOffsets[length - 1] == length - 1;
    for (int row = 0; row < rowOffsets.length; row++) {
      int at = base | rowOffsets[row];
      if (whole && in) {
        System.arraycopy(part, at, rows[row], 0, length);
      } else if (whole) {
        System.arraycopy(rows[row], 0, part, at, length);
      } else if (in) {
        gather(part, at, rows[row], columnOffsets);
      } else {
        scatter(rows[row], part, at, columnOffsets);
      }
    }
  }

  private static void gather(double[] part, int at, double[] row, int[] offsets) {
    for (int i = 0; i < row.length; i++) {
      row[i] = part[at | offsets[i]];
    }
  }

  private static void scatter(double[] row, double[] part, int at, int[] offsets) {
    for (int i = 0; i < row.length; i++) {
      part[at | offsets[i]] = row[i];
    }
  }

  private void add(Step.Kernel kernel) {
    if (kernel instanceof Step.Phase phase) {
      phases.add(phase);
      return;
    }
    flushPhases();
    switch (kernel) {
      case Step.Apply(ComplexMatrix matrix, int target, long mask, long value) -> {
        PlainLoops.Pair pair = PlainLoops.pair(matrix);
        Condition columns = columns(mask, value);
        steps.add(
            columns.mask() == 0
                ? new RowStep.Pair(rowBit(target), rows(mask, value), outer(mask, value), pair)
                : new RowStep.ColumnPair(
                    rowBit(target), rows(mask, value), columns, outer(mask, value), pair));
      }
      case Step.ApplyDense dense -> steps.add(dense(dense));
      case Step.Flip(int target, long mask, long value) ->
          steps.add(
              new RowStep.Exchange(
                  rowBit(target), 0, rows(mask, value), columns(mask, value), outer(mask, value)));
      case Step.Swap(int first, int second, long mask, long value) ->
          steps.add(
              new RowStep.Exchange(
                  rowBit(first) | rowBit(second),
                  rowBit(first),
                  rows(mask, value),
                  columns(mask, value),
                  outer(mask, value)));
      case Step.Phase phase -> throw new IllegalStateException(phase + " is kept apart");
    }
  }

  private RowStep dense(Step.ApplyDense step) {
    int[] targets = step.targets().toArray();
    int[] bits = new int[targets.length];
    int fixed = 0;
    for (int i = 0; i < bits.length; i++) {
      bits[i] = place[targets[i]];
      fixed |= 1 << bits[i];
    }
    int n = step.matrix().dimension();
    double[] re = new double[n * n];
    double[] im = new double[n * n];
    for (int cell = 0; cell < re.length; cell++) {
      re[cell] = step.matrix().re(cell / n, cell % n);
      im[cell] = step.matrix().im(cell / n, cell % n);
    }
    return new RowStep.Dense(re, im, offsets(bits), fixed);
  }

  private int rowBit(int qubit) {
    return 1 << place[qubit];
  }

  private Condition rows(long mask, long value) {
    return condition(rowQubits, mask, value);
  }

  private Condition columns(long mask, long value) {
    return condition(columnQubits, mask, value);
  }

  private static Condition condition(int[] which, long mask, long value) {
    long inMask = 0;
    long inValue = 0;
    for (int i = 0; i < which.length; i++) {
      inMask |= (mask >> which[i] & 1) << i;
      inValue |= (value >> which[i] & 1) << i;
    }
    return new Condition(inMask, inValue);
  }

  private Condition outer(long mask, long value) {
    return new Condition(mask & outerMask, value & outerMask);
  }

  /// Where a phase acts, but for its columns.
  private record Where(Condition rowIf, Condition outer, boolean columns) {}

  /// Phases with the same conditions on rows and blocks become one factor.
  private void flushPhases() {
    if (phases.isEmpty()) {
      return;
    }
    Map<Where, RowStep.Diagonal.Factor> factors = new LinkedHashMap<>();
    for (Step.Phase phase : phases) {
      Condition columns = columns(phase.mask(), phase.value());
      Where where =
          new Where(
              rows(phase.mask(), phase.value()),
              outer(phase.mask(), phase.value()),
              columns.mask() != 0);
      int length = where.columns ? columnOffsets.length : 1;
      RowStep.Diagonal.Factor factor =
          factors.computeIfAbsent(
              where, key -> new RowStep.Diagonal.Factor(key.rowIf, key.outer, length));
      for (int i = 0; i < length; i++) {
        if (columns.holds(i)) {
          factor.turn(i, phase.re(), phase.im());
        }
      }
    }
    steps.add(new RowStep.Diagonal(List.copyOf(factors.values())));
    phases.clear();
  }

  /// The targets of a step, as bits; 0 for a diagonal one.
  static long targets(Step.Kernel kernel) {
    return switch (kernel) {
      case Step.Apply apply -> 1L << apply.target();
      case Step.ApplyDense dense -> bits(dense.targets());
      case Step.Flip flip -> 1L << flip.target();
      case Step.Swap swap -> 1L << swap.first() | 1L << swap.second();
      case Step.Phase _ -> 0;
    };
  }

  /// The qubits a step only looks at.
  static long conditions(Step.Kernel kernel) {
    return switch (kernel) {
      case Step.Apply apply -> apply.mask();
      case Step.ApplyDense dense -> dense.mask();
      case Step.Flip flip -> flip.mask();
      case Step.Swap swap -> swap.mask();
      case Step.Phase phase -> phase.mask();
    };
  }

  private static long bits(Indexes indexes) {
    long bits = 0;
    for (int i = 0; i < indexes.size(); i++) {
      bits |= 1L << indexes.get(i);
    }
    return bits;
  }
}
