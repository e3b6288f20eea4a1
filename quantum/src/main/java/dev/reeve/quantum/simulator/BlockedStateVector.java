package dev.reeve.quantum.simulator;

import dev.reeve.quantum.ComplexMatrix;
import dev.reeve.quantum.Indexes;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// A state vector that keeps its gates until somebody looks, then fuses them and does many of them
/// in one walk through memory, block by block, with several threads. The numbers do not depend on
/// how many threads there are.
final class BlockedStateVector implements StateVector {
  /// Below this the plain vector is as fast.
  static final int QUBITS_MIN = 14;

  /// Gates kept at most, fewer of large vectors, so that progress is seen.
  private static final int KEPT_MAX = 4_096;

  private static final int KEPT_MIN = 64;
  private static final int KEPT_AMPLITUDES_LOG2 = 33;

  /// How far ahead gates are looked for that fit into a group.
  private static final int LOOKAHEAD = 1_500;

  private final FlatVector plain;
  private final Workers workers;
  private final Checkpoint checkpoint;
  private final int keptMax;
  private final Queue<Rows> spare = new ConcurrentLinkedQueue<>();
  private List<Step.Kernel> kept = new ArrayList<>();

  private BlockedStateVector(FlatVector plain, Workers workers, Checkpoint checkpoint) {
    this.plain = plain;
    this.workers = workers;
    this.checkpoint = checkpoint;
    this.keptMax = Math.clamp(1L << (KEPT_AMPLITUDES_LOG2 - plain.qubits()), KEPT_MIN, KEPT_MAX);
  }

  /// Makes vectors that these threads work on.
  static StateVectorFactory factory(Workers workers) {
    return new StateVectorFactory() {
      @Override
      public int qubitsMax() {
        return PlainStateVector.FACTORY.qubitsMax();
      }

      @Override
      public StateVector zeroState(int qubits, Checkpoint checkpoint) {
        return of(PlainStateVector.zero(qubits, checkpoint), workers, checkpoint);
      }
    };
  }

  /// The vector itself when it is small.
  static StateVector of(FlatVector plain, Workers workers, Checkpoint checkpoint) {
    return plain.qubits() < QUBITS_MIN ? plain : new BlockedStateVector(plain, workers, checkpoint);
  }

  @Override
  public int qubits() {
    return plain.qubits();
  }

  @Override
  public void apply(ComplexMatrix matrix, int target, long mask, long value) {
    keep(new Step.Apply(matrix, target, mask, value));
  }

  @Override
  public void applyDense(ComplexMatrix matrix, int[] targets, long mask, long value) {
    keep(new Step.ApplyDense(matrix, Indexes.of(targets), mask, value));
  }

  @Override
  public void flip(int target, long mask, long value) {
    keep(new Step.Flip(target, mask, value));
  }

  @Override
  public void swap(int first, int second, long mask, long value) {
    keep(new Step.Swap(first, second, mask, value));
  }

  @Override
  public void phase(double re, double im, long mask, long value) {
    if (mask == 0) {
      plain.phase(re, im, 0, 0);
    } else {
      keep(new Step.Phase(re, im, mask, value));
    }
  }

  private void keep(Step.Kernel kernel) {
    kept.add(kernel);
    if (kept.size() >= keptMax) {
      flush();
    }
  }

  /// Does what was kept.
  private void flush() {
    if (kept.isEmpty()) {
      return;
    }
    List<Step.Kernel> left = KernelFusion.of(plain.qubits(), kept);
    kept = new ArrayList<>();
    while (!left.isEmpty()) {
      checkpoint.pass();
      GroupChoice choice = GroupChoice.of(plain.qubits(), left, LOOKAHEAD);
      if (choice.taken().isEmpty()) {
        left.removeFirst().run(plain);
      } else {
        run(new RowGroup(plain.qubits(), choice.targets(), choice.taken()));
        left = choice.left();
      }
    }
  }

  private void run(RowGroup group) {
    workers.forEach(
        group.blocks(),
        block -> {
          checkpoint.pass();
          Rows rows = spare.poll();
          Rows work = rows == null ? group.newRows() : rows;
          plain.run(group, work, block);
          spare.add(work);
        });
  }

  @Override
  public double probabilityOfOne(int qubit) {
    flush();
    return plain.probabilityOfOne(qubit);
  }

  @Override
  public void collapse(int qubit, boolean one, double probability) {
    flush();
    plain.collapse(qubit, one, probability);
  }

  @Override
  public double probability(long from, long to) {
    flush();
    return plain.probability(from, to);
  }

  @Override
  public double re(long index) {
    flush();
    return plain.re(index);
  }

  @Override
  public double im(long index) {
    flush();
    return plain.im(index);
  }

  @Override
  public StateVector copy() {
    flush();
    return new BlockedStateVector(plain.copy(), workers, checkpoint);
  }

  @Override
  public void close() {
    kept.clear();
    spare.clear();
    plain.close();
  }
}
