package dev.reeve.quantum.simulator;

import dev.reeve.quantum.ComplexMatrix;
import dev.reeve.quantum.Indexes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes one matrix of neighbouring kernels on the same qubit or pair of qubits where that is less
/// work: a walk over amplitudes has its price, whatever it does.
final class KernelFusion {
  /// Prices of kernels within a block, measured, in quarters of a nanosecond for an amplitude.
  private static final double COMPLEX_PAIR = 4;

  private static final double REAL_PAIR = 2;
  private static final double PHASE = 1;
  private static final double EXCHANGE = 0.5;
  private static final double QUAD = 10;

  private final @Nullable Fusible[] open;
  private final List<Step.Kernel> out = new ArrayList<>();

  private KernelFusion(int qubits) {
    this.open = new Fusible[qubits];
  }

  /// Kernels that act on one or two qubits, with nothing else on them in between.
  private static final class Fusible {
    private final long qubits;
    private final List<Step.Kernel> members;

    Fusible(long qubits, List<Step.Kernel> members) {
      this.qubits = qubits;
      this.members = members;
    }
  }

  /// The same as these kernels, in an order that does the same.
  static List<Step.Kernel> of(int qubits, List<Step.Kernel> kernels) {
    KernelFusion fusion = new KernelFusion(qubits);
    kernels.forEach(fusion::add);
    fusion.close((1L << qubits) - 1);
    return fusion.out;
  }

  private void add(Step.Kernel kernel) {
    long own = RowGroup.targets(kernel) | RowGroup.conditions(kernel);
    if (Long.bitCount(own) > 2 || own == 0) {
      close(own);
      out.add(kernel);
      return;
    }
    long union = own;
    for (long rest = own; rest != 0; rest &= rest - 1) {
      @Nullable Fusible block = open[Long.numberOfTrailingZeros(rest)];
      union |= block == null ? 0 : block.qubits;
    }
    List<Step.Kernel> members = new ArrayList<>();
    if (Long.bitCount(union) > 2) {
      close(own);
      union = own;
    } else {
      @Nullable Fusible before = null;
      for (long rest = union; rest != 0; rest &= rest - 1) {
        @Nullable Fusible block = open[Long.numberOfTrailingZeros(rest)];
        if (block != null && block != before) {
          members.addAll(block.members);
        }
        before = block;
      }
    }
    members.add(kernel);
    Fusible block = new Fusible(union, members);
    for (long rest = union; rest != 0; rest &= rest - 1) {
      open[Long.numberOfTrailingZeros(rest)] = block;
    }
  }

  private void close(long which) {
    for (long rest = which; rest != 0; rest &= rest - 1) {
      @Nullable Fusible block = open[Long.numberOfTrailingZeros(rest)];
      if (block != null) {
        emit(block);
        for (long mine = block.qubits; mine != 0; mine &= mine - 1) {
          open[Long.numberOfTrailingZeros(mine)] = null;
        }
      }
    }
  }

  private void emit(Fusible block) {
    boolean single = Long.bitCount(block.qubits) == 1;
    double apart = block.members.stream().mapToDouble(KernelFusion::price).sum();
    if (block.members.size() == 1 || apart <= (single ? COMPLEX_PAIR : QUAD)) {
      out.addAll(block.members);
      return;
    }
    int low = Long.numberOfTrailingZeros(block.qubits);
    if (single) {
      out.add(new Step.Apply(product(block.members, low, low), low, 0, 0));
    } else {
      int high = 63 - Long.numberOfLeadingZeros(block.qubits);
      Indexes targets = Indexes.of(low, high);
      out.add(new Step.ApplyDense(product(block.members, low, high), targets, 0, 0));
    }
  }

  private static double price(Step.Kernel kernel) {
    return switch (kernel) {
      case Step.Apply apply ->
          (PlainLoops.pair(apply.matrix()).real() ? REAL_PAIR : COMPLEX_PAIR)
              / (1 << Long.bitCount(apply.mask()));
      case Step.ApplyDense dense -> dense.targets().size() == 2 ? QUAD : Double.MAX_VALUE;
      case Step.Flip _, Step.Swap _ -> EXCHANGE;
      case Step.Phase _ -> PHASE;
    };
  }

  /// The matrix of kernels on two qubits, or on one that is given twice.
  private static ComplexMatrix product(List<Step.Kernel> kernels, int low, int high) {
    int qubits = low == high ? 1 : 2;
    int n = 1 << qubits;
    double[] re = new double[n * n];
    double[] im = new double[n * n];
    for (int column = 0; column < n; column++) {
      PlainStateVector image = PlainStateVector.zero(qubits, () -> {});
      Arrays.fill(image.reals(), 0);
      image.reals()[column] = 1;
      for (Step.Kernel kernel : kernels) {
        local(kernel, low, high).run(image);
      }
      for (int row = 0; row < n; row++) {
        re[row * n + column] = image.re(row);
        im[row * n + column] = image.im(row);
      }
    }
    return ComplexMatrix.of(n, re, im);
  }

  /// The kernel with the low qubit as 0 and the high one as 1.
  private static Step.Kernel local(Step.Kernel kernel, int low, int high) {
    long mask = bits(RowGroup.conditions(kernel), low, high);
    return switch (kernel) {
      case Step.Apply(ComplexMatrix matrix, int target, long _, long value) ->
          new Step.Apply(matrix, target == low ? 0 : 1, mask, bits(value, low, high));
      case Step.ApplyDense(ComplexMatrix matrix, Indexes targets, long _, long _) ->
          new Step.ApplyDense(
              matrix,
              Indexes.of(targets.get(0) == low ? 0 : 1, targets.get(0) == low ? 1 : 0),
              0,
              0);
      case Step.Flip(int target, long _, long value) ->
          new Step.Flip(target == low ? 0 : 1, mask, bits(value, low, high));
      case Step.Swap _ -> new Step.Swap(0, 1, 0, 0);
      case Step.Phase(double re, double im, long _, long value) ->
          new Step.Phase(re, im, mask, bits(value, low, high));
    };
  }

  private static long bits(long mask, int low, int high) {
    return (mask >> low & 1) | (low == high ? 0 : (mask >> high & 1) << 1);
  }
}
